package dev.slipway.backend.migration.command;

import dev.slipway.api.migration.Quarantined;
import dev.slipway.backend.migration.ledger.Decisions;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.LedgerRun;
import dev.slipway.backend.migration.ledger.NoSuchColumn;
import dev.slipway.backend.migration.ledger.Quarantine;
import dev.slipway.backend.migration.ledger.QuarantineCsv;
import dev.slipway.backend.migration.ledger.QuarantineFilter;
import dev.slipway.backend.migration.target.Targets;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The quarantine of one run, for a command.
final class QuarantineDesk {
    private final Ledger ledger;
    private final Quarantine quarantine;
    private final String runId;
    private final QuarantineFilter which;
    private final String by;
    private final @Nullable Path report;

    private QuarantineDesk(
            Ledger ledger, String runId, QuarantineFilter which, String by, @Nullable Path report) {
        this.ledger = ledger;
        this.quarantine = new Quarantine(ledger);
        this.runId = runId;
        this.which = which;
        this.by = by;
        this.report = report;
    }

    /// What is done at it.
    ///
    /// @return the exit code
    interface Work {
        int at(QuarantineDesk desk) throws SQLException, IOException;
    }

    /// What a report holds.
    ///
    /// @param what was done: rows, reasons, exported, corrected, accepted, reopened
    /// @param count how many rows there are of those, or were
    private record Report(String run, String what, long count, List<?> items) {}

    static int with(CommandSpec spec, QuarantineOptions options, Work work)
            throws SQLException, IOException {
        var err = spec.commandLine().getErr();
        QuarantineFilter which = options.filter(spec);
        String plan = options.plan(spec).name();
        try (var target = Targets.open(options.target(spec))) {
            var ledger = new Ledger(target, InstantSource.system());
            Optional<LedgerRun> run = Optional.empty();
            if (ledger.exists()) {
                ledger.upgrade();
                run = options.run().isEmpty() ? ledger.latest(plan) : ledger.run(options.run());
            }
            if (run.isEmpty()) {
                err.println("no run of the plan '" + plan + "' stands in the target");
                return 1;
            }
            String id = run.get().id();
            int exit =
                    work.at(new QuarantineDesk(ledger, id, which, options.by(), options.report()));
            ledger.commit();
            return exit;
        } catch (SQLException e) {
            err.println("the target failed: " + e.getMessage() + "; nothing was changed");
            return 1;
        }
    }

    List<Quarantined> page(int most) throws SQLException {
        return quarantine.page(runId, which, "", "", most);
    }

    long count() throws SQLException {
        return quarantine.count(runId, which);
    }

    List<Quarantine.Reason> reasons() throws SQLException {
        return quarantine.reasons(runId, which);
    }

    long export(Writer to) throws SQLException, IOException {
        return new QuarantineCsv(quarantine).write(runId, which, to);
    }

    long correct(String column, @Nullable String key, @Nullable String from, @Nullable String to)
            throws SQLException, NoSuchColumn {
        return new Decisions(ledger)
                .correct(runId, new Decisions.Correction(which.step(), key, column, from, to), by);
    }

    long accept(String why) throws SQLException {
        return new Decisions(ledger).accept(runId, which, by, why);
    }

    long reopen() throws SQLException {
        return new Decisions(ledger).reopen(runId, which);
    }

    void report(String what, List<?> items, long count) throws IOException {
        if (report != null) {
            new ReportFile(report).write(new Report(runId, what, count, items));
        }
    }
}
