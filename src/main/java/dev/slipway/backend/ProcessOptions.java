package dev.slipway.backend;

import dev.slipway.config.Configuration;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What every process of the backend is told, and how it comes to its end.
final class ProcessOptions {
    @Option(names = "--home", description = "Folder of all that Slipway keeps.")
    @Nullable Path home;

    @Option(names = "--config", description = "Configuration file; HOME/slipway.yaml if not given.")
    @Nullable Path config;

    @Option(
            names = "--with-parent",
            description = "End when standard input ends: with the process that started this one.")
    boolean withParent;

    Path home() {
        if (home != null) {
            return home.toAbsolutePath();
        }
        String variable = System.getenv("SLIPWAY_HOME");
        return variable != null && !variable.isBlank()
                ? Path.of(variable).toAbsolutePath()
                : Path.of(System.getProperty("user.home"), ".slipway");
    }

    Configuration configuration() throws IOException {
        Path file = config != null ? config.toAbsolutePath() : home().resolve("slipway.yaml");
        Files.createDirectories(home());
        return Configuration.read(file, System.getenv());
    }

    /// Says that the process is ready and waits until it is asked to end: by SIGTERM, or by the end
    /// of its standard input. Whoever reads the line may ask at once.
    ///
    /// @param end what to do then, whichever way it comes; called once
    void serveUntilEnd(String ready, Runnable end) throws IOException, InterruptedException {
        ProcessEnd.await(ready, withParent, end);
    }
}
