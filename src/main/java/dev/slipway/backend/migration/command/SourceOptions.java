package dev.slipway.backend.migration.command;

import dev.slipway.config.Database;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

import java.nio.file.Path;

/// The options that say which database the source is. A password is named by file or variable,
/// never given.
final class SourceOptions {
    @Option(names = "--source", paramLabel = "<url>", description = "JDBC URL of the source.")
    private String url = "";

    @Option(names = "--source-user", description = "Who asks the source.")
    private String user = "";

    @Option(names = "--source-password-file", description = "Holds the source's password.")
    private @Nullable Path passwordFile;

    @Option(names = "--source-password-env", description = "Names the variable that holds it.")
    private @Nullable String passwordEnv;

    /// @param spec of the command that the options belong to
    /// @throws picocli.CommandLine.ParameterException if an option is missing or wrong
    Database database(CommandSpec spec) {
        return Databases.of(spec, "--source", url, user, passwordFile, passwordEnv);
    }
}
