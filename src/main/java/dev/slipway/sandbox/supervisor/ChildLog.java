package dev.slipway.sandbox.supervisor;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// Keeps what a process says in `logs/NAME.log`: at most two files of two megabytes.
final class ChildLog {
    private static final long MOST_CHARACTERS = 2_000_000;
    private static final int MOST_IN_LINE = 20_000;
    private static final int LAST = 12;

    private final Path file;
    private final Deque<String> last = new ArrayDeque<>();

    ChildLog(Path folder, String name) {
        this.file = folder.resolve(name + ".log");
    }

    Path file() {
        return file;
    }

    /// The last lines that were said.
    synchronized List<String> lastLines() {
        return List.copyOf(last);
    }

    /// Writes down all lines until there are no more.
    ///
    /// @param heard told each line too
    void keep(Reader output, Consumer<String> heard) throws IOException {
        var lines = new BufferedReader(output);
        String line = lines.readLine();
        while (line != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            long written = Files.exists(file) ? Files.size(file) : 0;
            try (BufferedWriter writer =
                    Files.newBufferedWriter(
                            file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (line != null && written < MOST_CHARACTERS) {
                    written += write(writer, line);
                    heard.accept(line);
                    line = lines.readLine();
                }
            }
            if (line != null) {
                Files.move(
                        file,
                        file.resolveSibling(file.getFileName() + ".1"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private synchronized long write(BufferedWriter writer, String line) throws IOException {
        String kept = line.length() > MOST_IN_LINE ? line.substring(0, MOST_IN_LINE) : line;
        writer.write(kept);
        writer.newLine();
        writer.flush();
        last.add(kept);
        if (last.size() > LAST) {
            last.removeFirst();
        }
        return kept.length() + 1L;
    }
}
