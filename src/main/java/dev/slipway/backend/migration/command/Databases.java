package dev.slipway.backend.migration.command;

import dev.slipway.config.Database;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/// Makes a database of what the command line says about it.
final class Databases {
    private static final Pattern WITH_PASSWORD = Pattern.compile(".*[?&;]password=.*");

    private Databases() {}

    /// @param option names the database in messages: `--source` or `--target`
    /// @param file holds the password, or null
    /// @param variable names the environment's variable that holds it, or null
    /// @throws ParameterException if the address holds a password, or the password can't be read
    static Database of(
            CommandSpec spec,
            String option,
            String url,
            String user,
            @Nullable Path file,
            @Nullable String variable) {
        if (url.isEmpty()) {
            throw wrong(spec, "Missing required option: '" + option + "=<url>'");
        }
        if (WITH_PASSWORD.matcher(url.toLowerCase(Locale.ROOT)).matches()) {
            throw wrong(
                    spec,
                    option
                            + " holds a password, which others on this machine can read. Take it"
                            + " out and name it by "
                            + option
                            + "-password-file or "
                            + option
                            + "-password-env");
        }
        return new Database(url, user, password(spec, option, file, variable));
    }

    private static String password(
            CommandSpec spec, String option, @Nullable Path file, @Nullable String variable) {
        if (file != null) {
            try {
                return Files.readString(file).strip();
            } catch (IOException e) {
                throw wrong(spec, "can't read " + option + "-password-file " + file);
            }
        }
        if (variable == null) {
            return "";
        }
        String value = System.getenv(variable);
        if (value == null) {
            throw wrong(spec, option + "-password-env: the variable " + variable + " is not set");
        }
        return value;
    }

    private static ParameterException wrong(CommandSpec spec, String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
