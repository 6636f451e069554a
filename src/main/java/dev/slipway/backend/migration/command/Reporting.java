package dev.slipway.backend.migration.command;

import dev.slipway.api.migration.RunState;
import dev.slipway.backend.migration.engine.Outcome;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.Positions;
import dev.slipway.backend.migration.ledger.Quarantine;
import dev.slipway.backend.migration.ledger.Remarks;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.target.Target;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Keeps the file of `--report` true from the moment on in which the command begins: whatever it
/// comes to, and when it is killed, the file never tells of an earlier one.
final class Reporting {
    static final String NOT_ENDED = "it has not ended: it is still at work, or it was killed";

    private final @Nullable ReportFile file;
    private final boolean dryRun;
    private final InstantSource clock;
    private String plan;
    private Printer printer;
    private Instant startedAt;

    /// @param plan the name of its file, until it is read
    Reporting(
            @Nullable Path file,
            String plan,
            boolean dryRun,
            Printer printer,
            InstantSource clock) {
        this.file = file == null ? null : new ReportFile(file);
        this.dryRun = dryRun;
        this.clock = clock;
        this.plan = plan;
        this.printer = printer;
        this.startedAt = clock.instant();
    }

    /// From now on it tells of this.
    ///
    /// @param told sees what the run does
    void runs(String name, Printer told) {
        plan = name;
        printer = told;
        startedAt = clock.instant();
    }

    /// Says that nothing is known yet.
    ///
    /// @throws IOException if the file can't be written
    void begins() throws IOException {
        write(RunState.RUNNING, NOT_ENDED, Ending.STOPPED);
    }

    /// Says how it ended without an outcome, with what was seen of the run until then.
    void ends(Ending ending, String reason) throws IOException {
        write(RunState.FAILED, reason, ending);
    }

    private void write(RunState state, String reason, Ending ending) throws IOException {
        if (file == null) {
            return;
        }
        file.write(
                new Report(
                        "",
                        plan,
                        "",
                        "",
                        state,
                        false,
                        reason,
                        ending.code(),
                        dryRun,
                        startedAt,
                        seconds(),
                        perSecond(),
                        printer.steps().stream().map(Report.StepLine::of).toList(),
                        printer.validations(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Report.READING,
                        null,
                        "",
                        ""));
    }

    /// Tells of a run that came to its end, or waits.
    void outcome(MigrationPlan read, Outcome outcome, Source from, Target to)
            throws IOException, SQLException {
        if (file == null) {
            return;
        }
        boolean begun = !outcome.steps().isEmpty();
        var ledger = new Ledger(to, clock);
        file.write(
                new Report(
                        outcome.runId(),
                        read.name(),
                        from.engine(),
                        to.engine(),
                        outcome.state(),
                        outcome.validated(),
                        outcome.reason(),
                        Ending.of(outcome.state()).code(),
                        dryRun,
                        startedAt,
                        seconds(),
                        perSecond(),
                        outcome.steps().stream().map(Report.StepLine::of).toList(),
                        outcome.validations(),
                        begun ? new Quarantine(ledger).reasons(outcome.runId()) : List.of(),
                        begun ? new Remarks(ledger).all(outcome.runId()) : List.of(),
                        read.repairs(),
                        Report.READING,
                        begun ? new Positions(ledger).of(outcome.runId()).orElse(null) : null,
                        read.window().toString(),
                        read.throttle().toString()));
    }

    double seconds() {
        return Duration.between(startedAt, clock.instant()).toNanos() / 1e9;
    }

    private double perSecond() {
        double seconds = seconds();
        return seconds > 0 ? printer.rows() / seconds : 0;
    }
}
