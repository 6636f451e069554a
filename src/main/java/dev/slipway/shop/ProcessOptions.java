package dev.slipway.shop;

import dev.slipway.config.Configuration;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/// The options that every server process has.
public final class ProcessOptions {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Home folder; else $SLIPWAY_HOME, else ~/.slipway.")
    private @Nullable Path home;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration; else slipway.yaml in the home folder.")
    private @Nullable Path config;

    @Option(
            names = "--with-parent",
            description = "End when standard input ends, as it does when the parent is gone.")
    private boolean withParent;

    public Path home() {
        if (home != null) {
            return home.toAbsolutePath().normalize();
        }
        String variable = System.getenv("SLIPWAY_HOME");
        return variable == null || variable.isBlank()
                ? Path.of(System.getProperty("user.home"), ".slipway")
                : Path.of(variable).toAbsolutePath().normalize();
    }

    public boolean withParent() {
        return withParent;
    }

    public Configuration configuration() {
        return Configuration.read(
                config == null ? home().resolve("slipway.yaml") : config, System.getenv());
    }
}
