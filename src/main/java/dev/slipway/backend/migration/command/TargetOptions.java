package dev.slipway.backend.migration.command;

import dev.slipway.config.Database;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

import java.nio.file.Path;

/// The options that say which database the target is. A password is named by file or variable,
/// never given.
final class TargetOptions {
    @Option(names = "--target", paramLabel = "<url>", description = "JDBC URL of the target.")
    private String url = "";

    @Option(names = "--target-user", description = "Who asks the target.")
    private String user = "";

    @Option(names = "--target-password-file", description = "Holds the target's password.")
    private @Nullable Path passwordFile;

    @Option(names = "--target-password-env", description = "Names the variable that holds it.")
    private @Nullable String passwordEnv;

    /// @param spec of the command that the options belong to
    /// @throws picocli.CommandLine.ParameterException if an option is missing or wrong
    Database database(CommandSpec spec) {
        return Databases.of(spec, "--target", url, user, passwordFile, passwordEnv);
    }
}
