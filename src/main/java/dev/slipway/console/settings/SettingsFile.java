package dev.slipway.console.settings;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.client.http.Json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The settings as a file. One that can't be read is set aside: the console starts anyway.
public final class SettingsFile {
    private static final System.Logger LOG = System.getLogger(SettingsFile.class.getName());

    private final Path file;
    private final ObjectMapper json = Json.mapper();
    private Settings settings;

    public SettingsFile(Path file) {
        this.file = file;
        this.settings = read();
    }

    public synchronized Settings get() {
        return settings;
    }

    /// Keeps them, all or nothing.
    public synchronized void set(Settings changed) {
        settings = changed;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.write(fresh, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(changed));
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file, e);
        }
    }

    private Settings read() {
        if (!Files.exists(file)) {
            return Settings.NONE;
        }
        try {
            return json.readValue(Files.readAllBytes(file), Settings.class);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "can''t read {0}: {1}", file, e.getMessage());
            try {
                Files.move(
                        file,
                        file.resolveSibling(file.getFileName() + ".damaged"),
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException moving) {
                LOG.log(Level.WARNING, "can''t set it aside: {0}", moving.getMessage());
            }
            return Settings.NONE;
        }
    }
}
