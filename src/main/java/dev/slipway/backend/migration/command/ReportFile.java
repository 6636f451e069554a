package dev.slipway.backend.migration.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/// A report as JSON in a file that is always a whole one, the earlier or the present: whoever reads
/// it at any moment never sees half of it.
record ReportFile(Path path) {
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();

    /// @throws IOException if it can't be written; the file is then what it was
    void write(Object report) throws IOException {
        byte[] json = JSON.writeValueAsBytes(report);
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            // a pipe or a terminal has no earlier content to keep
            Files.write(path, json);
            return;
        }
        // what a link leads to is replaced, not the link
        Path file = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        Path draft = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            onDisk(draft, json);
            Files.move(
                    draft,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void onDisk(Path draft, byte[] json) throws IOException {
        // not by a channel, which a thread that was told to end could not write to
        try (var out = new FileOutputStream(draft.toFile())) {
            out.write(json);
            out.getFD().sync();
        }
    }
}
