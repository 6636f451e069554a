package dev.slipway.client.calls;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A file gets its name only when all of it is on the disk.
public final class WholeFile {
    private WholeFile() {}

    /// Writes bytes under a name, in place of what was there.
    ///
    /// @throws IOException if they can't be written; what was there is untouched then
    public static void write(Path to, byte[] bytes) throws IOException {
        Path folder = to.toAbsolutePath().getParent();
        Path part = Files.createTempFile(folder, to.getFileName() + ".", ".part");
        try {
            Files.write(part, bytes);
            place(part, to);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /// Gives a file that is written its name. A plain move would delete first what is there.
    static Path place(Path part, Path to) throws IOException {
        try (var written = FileChannel.open(part, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        return Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
    }
}
