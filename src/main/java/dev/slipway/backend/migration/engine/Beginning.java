package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.RunState;
import dev.slipway.backend.migration.ledger.Chunks;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.LedgerRun;
import dev.slipway.backend.migration.ledger.Positions;
import dev.slipway.backend.migration.ledger.RunPlans;
import dev.slipway.backend.migration.ledger.SyncProgress;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.source.Extent;
import dev.slipway.backend.migration.source.Position;
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
    private final Chunks chunks;
    private @Nullable LedgerRun left;

    Beginning(MigrationPlan plan, Source source, Target target, Ledger ledger, Chunks chunks) {
        this.chunks = chunks;
        this.plan = plan;
        this.source = source;
        this.target = target;
        this.ledger = ledger;
    }

    /// The latest run of the plan, which is to go on, or null if there is none.
    ///
    /// @throws Stopped if the plan is another than that of the run, or the run was cancelled
    @Nullable LedgerRun latest() throws SQLException, Stopped {
        LedgerRun latest = ledger.latest(plan.name()).orElse(null);
        target.connection().rollback();
        if (latest == null) {
            return null;
        }
        if (latest.state() == RunState.CANCELLED) {
            throw new Stopped(
                    "run "
                            + latest.id()
                            + " was cancelled and its rows stand in the target; nothing was"
                            + " written. Empty the target to begin anew");
        }
        return ofThisPlan(latest);
    }

    /// A run by its id, which is to go on, or null if it is new.
    ///
    /// @throws Stopped if the plan is another than that of the run, or another run was validated
    @Nullable LedgerRun same(String runId) throws SQLException, Stopped {
        LedgerRun same = ledger.run(runId).orElse(null);
        LedgerRun latest = ledger.latest(plan.name()).orElse(null);
        target.connection().rollback();
        if (same != null) {
            return ofThisPlan(same);
        }
        if (latest != null && latest.state() == RunState.VALIDATED) {
            throw new Stopped(
                    "run "
                            + latest.id()
                            + " of this plan is validated and stands in the target; nothing was"
                            + " written. Empty the target to migrate anew");
        }
        left = latest;
        return null;
    }

    private LedgerRun ofThisPlan(LedgerRun run) throws SQLException, Stopped {
        Stopped.ifMixed(run);
        if (SyncProgress.begun(ledger, run.id())) {
            throw new Stopped(
                    "the sync goes on with run "
                            + run.id()
                            + ", so what stands is no longer what the run wrote; nothing was"
                            + " written. 'migrate sync' verifies it");
        }
        if (!run.hash().equals(plan.hash())) {
            throw new Stopped(
                    "the plan was changed since run "
                            + run.id()
                            + " began with it; nothing was written. Put the old plan back, or empty"
                            + " the target");
        }
        return run;
    }

    String resume(LedgerRun known) throws SQLException {
        ledger.state(known.id(), RunState.RUNNING);
        new RunPlans(ledger).keep(known.id(), plan.yaml());
        target.connection().commit();
        return known.id();
    }

    /// Begins a new run: notes how far each source reaches, children before their parents, so that
    /// no row is taken whose parent came too late.
    String begin(String runId, Map<String, PreparedStep> steps) throws SQLException, Stopped {
        if (left != null) {
            clear(left, steps);
        }
        // before the first look: what changes after it is later in the log
        Position position = source.position();
        Map<String, Extent> extents = new HashMap<>();
        List<PreparedStep> backwards = new ArrayList<>(steps.values());
        Collections.reverse(backwards);
        for (PreparedStep step : backwards) {
            empty(step);
            extents.put(step.step().name(), source.extent(step.reading()));
        }
        ledger.begin(runId, plan.name(), plan.hash());
        new Positions(ledger).begin(runId, position);
        new RunPlans(ledger).keep(runId, plan.yaml());
        int place = 0;
        for (String step : steps.keySet()) {
            Extent extent = extents.getOrDefault(step, new Extent(0, List.of(), List.of()));
            ledger.step(runId, step, place++, extent);
        }
        target.connection().commit();
        return runId;
    }

    /// Takes out what an earlier run wrote, if nothing else stands there: then it is the plan's own
    /// to take out.
    private void clear(LedgerRun run, Map<String, PreparedStep> steps)
            throws SQLException, Stopped {
        List<PreparedStep> backwards = new ArrayList<>(steps.values());
        Collections.reverse(backwards);
        for (PreparedStep step : backwards) {
            String table = target.quote(step.table().name());
            long wrote = chunks.totals(run.id(), step.step().name()).counts().written();
            try (var statement = target.connection().createStatement()) {
                long deleted = statement.executeUpdate("DELETE FROM " + table);
                if (deleted != wrote) {
                    target.connection().rollback();
                    throw new Stopped(
                            "run %s left %d rows in the table '%s', which holds %d; nothing was"
                                            .formatted(
                                                    run.id(), wrote, step.table().name(), deleted)
                                    + " changed. Empty it yourself to begin anew");
                }
            }
        }
        ledger.forget(List.copyOf(steps.keySet()), run.id());
        target.connection().commit();
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
