package dev.slipway.backend.migration.command;

import dev.slipway.backend.migration.plan.Throttle;
import dev.slipway.backend.migration.plan.Window;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.throttle.Brakes;
import dev.slipway.backend.migration.throttle.Gate;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// The options that say how fast a source is looked at for which there is no plan yet.
final class LookOptions {
    @Option(
            names = "--rows-per-second",
            description = "The most rows read in a second. Default: any number.")
    private int rowsPerSecond;

    @Option(
            names = "--threads-running",
            description =
                    "Waits while Threads_running of the source is above. Default: any number.")
    private int threadsRunning;

    @Option(
            names = "--longest-read",
            paramLabel = "<ms>",
            description =
                    "How long one read may take; a longer one makes the next ones smaller. Default:"
                            + " ${DEFAULT-VALUE} ms.")
    private int longestRead = (int) Throttle.LONGEST_READ.toMillis();

    Throttle throttle() {
        return new Throttle(
                Math.max(0, threadsRunning),
                null,
                List.of(),
                null,
                List.of(),
                Math.max(0, rowsPerSecond),
                Duration.ofMillis(Math.max(1, longestRead)));
    }

    /// What holds the look back. The caller closes it.
    ///
    /// @throws ParameterException if the source can't tell what is to be watched
    Gate gate(CommandSpec spec, Source source) {
        try {
            return new Brakes(InstantSource.system(), LookOptions::none, null)
                    .of(Window.ALWAYS, throttle(), source);
        } catch (SQLException e) {
            throw new ParameterException(
                    spec.commandLine(), "--threads-running: " + e.getMessage());
        }
    }

    private static dev.slipway.config.Database none(String name) throws SQLException {
        throw new SQLException("no replica is asked: " + name);
    }
}
