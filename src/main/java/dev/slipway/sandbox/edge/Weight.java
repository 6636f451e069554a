package dev.slipway.sandbox.edge;

import dev.slipway.shop.http.Json;
import dev.slipway.shop.http.Problem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// The new pool's share of the visitors. It is on disk before it takes effect, and is taken up
/// again when the edge comes back.
final class Weight {
    private final Path file;
    private volatile int newPercent;

    /// The wire's shape, and the file's.
    record Value(int newPercent) {}

    Weight(Path file) {
        this.file = file;
        this.newPercent = read(file);
    }

    private static int read(Path file) {
        try {
            return Files.exists(file)
                    ? checked(Json.read(Files.readAllBytes(file), Value.class)).newPercent()
                    : 0;
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the weight in " + file, e);
        } catch (Problem e) {
            throw new IllegalStateException("the weight in " + file + " is none", e);
        }
    }

    int newPercent() {
        return newPercent;
    }

    Value value() {
        return new Value(newPercent);
    }

    synchronized Value set(Value value) {
        checked(value);
        write(Json.bytes(value));
        newPercent = value.newPercent();
        return value;
    }

    private static Value checked(Value value) {
        if (value.newPercent() < 0 || value.newPercent() > 100) {
            throw Problem.notPossible("'newPercent' is from 0 to 100.");
        }
        return value;
    }

    private void write(byte[] json) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (FileChannel channel =
                    FileChannel.open(
                            next,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING)) {
                channel.write(ByteBuffer.wrap(json));
                channel.force(true);
            }
            Files.move(
                    next,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("can't keep the weight in " + file, e);
        }
    }
}
