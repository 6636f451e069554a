package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.RunState;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.LedgerRun;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.source.Extent;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.target.Target;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Whether a run is new or goes on, and what it takes in.
final class Beginning {
    private final MigrationPlan plan;
    private final Source source;
    private final Target target;
    private final Ledger ledger;

    Beginning(MigrationPlan plan, Source source, Target target, Ledger ledger) {
        this.plan = plan;
        this.source = source;
        this.target = target;
        this.ledger = ledger;
    }

    /// The run that is to go on, or null if a new one is to begin.
    ///
    /// @throws Stopped if the plan is another than that of the run
    @Nullable LedgerRun known(String runId) throws SQLException, Stopped {
        LedgerRun same = ledger.run(runId).orElse(null);
        LedgerRun latest = same != null ? same : ledger.latest(plan.name()).orElse(null);
        target.connection().rollback();
        if (latest == null) {
            return null;
        }
        if (!latest.hash().equals(plan.hash())) {
            throw new Stopped(
                    "the plan was changed since run "
                            + latest.id()
                            + " began with it; nothing was written. Put the old plan back, or empty"
                            + " the target");
        }
        if (latest.state() == RunState.CANCELLED) {
            throw new Stopped(
                    "run "
                            + latest.id()
                            + " was cancelled and its rows stand in the target; nothing was"
                            + " written. Empty the target to begin anew");
        }
        return latest;
    }

    String resume(LedgerRun known) throws SQLException {
        ledger.state(known.id(), RunState.RUNNING);
        target.connection().commit();
        return known.id();
    }

    /// Begins a new run: notes how far each source reaches, children before their parents, so that
    /// no row is taken whose parent came too late.
    String begin(String runId, Map<String, PreparedStep> steps) throws SQLException, Stopped {
        Map<String, Extent> extents = new HashMap<>();
        List<PreparedStep> backwards = new ArrayList<>(steps.values());
        Collections.reverse(backwards);
        for (PreparedStep step : backwards) {
            empty(step);
            extents.put(step.step().name(), source.extent(step.reading()));
        }
        ledger.begin(runId, plan.name(), plan.hash());
        int position = 0;
        for (String step : steps.keySet()) {
            Extent extent = extents.getOrDefault(step, new Extent(0, List.of(), List.of()));
            ledger.step(runId, step, position++, extent);
        }
        target.connection().commit();
        return runId;
    }

    private void empty(PreparedStep step) throws SQLException, Stopped {
        try (var statement = target.connection().createStatement();
                var row =
                        statement.executeQuery(
                                "SELECT 1 FROM "
                                        + target.quote(step.table().name())
                                        + " LIMIT 1")) {
            if (row.next()) {
                throw new Stopped(
                        "the table '"
                                + step.table().name()
                                + "' holds rows that no run of this plan wrote; nothing was"
                                + " written. Empty it, or name another target");
            }
        } finally {
            target.connection().rollback();
        }
    }
}
