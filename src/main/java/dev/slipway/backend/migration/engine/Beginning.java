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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Whether a run is new or goes on, and what it takes in.
final class Beginning {
    private final MigrationPlan plan;
    private final Source source;
    private final Target target;
    private final Ledger ledger;
    private final Chunks chunks;
    private final PlanTables tables;
    private @Nullable LedgerRun left;
    private boolean emptied;
    private boolean stood;
    private String told = "";

    Beginning(MigrationPlan plan, Source source, Target target, Ledger ledger, Chunks chunks) {
        this.chunks = chunks;
        this.plan = plan;
        this.source = source;
        this.target = target;
        this.ledger = ledger;
        this.tables = new PlanTables(plan, target, ledger);
    }

    /// The latest run of the plan, which is to go on, or null if there is none, or if someone
    /// emptied its tables: then it is forgotten as a new one begins.
    ///
    /// @throws Stopped if the plan is another than that of the run, or the run was cancelled
    @Nullable LedgerRun latest() throws SQLException, Stopped {
        try {
            stood = tables.stand();
            LedgerRun latest = ledger.latest(plan.name()).orElse(null);
            if (latest == null) {
                return null;
            }
            if ((over(latest) || wrote(latest) > 0) && tables.emptied(latest)) {
                left = latest;
                emptied = true;
                return null;
            }
            if (latest.state() == RunState.CANCELLED) {
                throw new Stopped(
                        "run %s was cancelled; nothing was written. %s"
                                .formatted(latest.id(), tables.toEmpty()));
            }
            return ofThisPlan(latest);
        } finally {
            target.connection().rollback();
        }
    }

    /// A run by its id, which is to go on, or null if it is new.
    ///
    /// @throws Stopped if the plan is another than that of the run, or another run was validated
    @Nullable LedgerRun same(String runId) throws SQLException, Stopped {
        try {
            stood = tables.stand();
            LedgerRun same = ledger.run(runId).orElse(null);
            if (same != null) {
                if (wrote(same) > 0 && tables.emptied(same)) {
                    throw new Stopped(
                            "run %s wrote %d rows, and its tables are empty; nothing was written. Start the plan anew: the ledger then forgets this run"
                                    .formatted(same.id(), wrote(same)));
                }
                return ofThisPlan(same);
            }
            left = ledger.latest(plan.name()).orElse(null);
            emptied = left != null && tables.emptied(left);
            if (left != null && !emptied) {
                mayBeTakenOut(left);
            }
            return null;
        } finally {
            target.connection().rollback();
        }
    }

    private void mayBeTakenOut(LedgerRun run) throws SQLException, Stopped {
        if (run.state() == RunState.VALIDATED) {
            throw new Stopped(
                    "run %s of this plan is validated and stands in the target; nothing was written. %s"
                            .formatted(run.id(), tables.toEmpty()));
        }
        if (SyncProgress.begun(ledger, run.id())) {
            throw new Stopped(
                    "a sync went on with run %s of this plan, so what stands is no longer what the run wrote; nothing was written. %s"
                            .formatted(run.id(), tables.toEmpty()));
        }
    }

    /// Whether a run can't go on in any case.
    private boolean over(LedgerRun run) throws SQLException {
        return run.state() == RunState.CANCELLED
                || run.mixed()
                || !run.hash().equals(plan.hash())
                || SyncProgress.begun(ledger, run.id());
    }

    private long wrote(LedgerRun run) throws SQLException {
        long wrote = 0;
        for (String step : ledger.steps(run.id())) {
            wrote += chunks.totals(run.id(), step).counts().written();
        }
        return wrote;
    }

    private LedgerRun ofThisPlan(LedgerRun run) throws SQLException, Stopped {
        Stopped.ifMixed(run);
        if (SyncProgress.begun(ledger, run.id())) {
            throw new Stopped(
                    "the sync goes on with run "
                            + run.id()
                            + ", so what stands is no longer what the run wrote; nothing was"
                            + " written. 'migrate sync' verifies it. "
                            + tables.toEmpty());
        }
        if (!run.hash().equals(plan.hash())) {
            throw new Stopped(
                    "the plan was changed since run "
                            + run.id()
                            + " began with it; nothing was written. Put the old plan back to go on"
                            + " with it. "
                            + tables.toEmpty());
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
        // before the first look: what changes after it is later in the log
        Position position = source.position();
        Map<String, Extent> extents = new HashMap<>();
        List<PreparedStep> backwards = new ArrayList<>(steps.values());
        Collections.reverse(backwards);
        for (PreparedStep step : backwards) {
            if (left == null) {
                empty(step);
            }
            extents.put(step.step().name(), source.extent(step.reading()));
        }
        boolean after =
                left != null
                        && stood
                        && ledger.keepsAfter(left, plan.after(target.dialect()), plan.hash());
        if (left != null) {
            forget(left, backwards, runId);
        }
        ledger.begin(runId, plan.name(), plan.hash());
        if (after) {
            ledger.finish(runId, plan.after(target.dialect()));
        }
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

    /// What became of an earlier run as this one began; empty if nothing.
    String told() {
        return told;
    }

    /// Forgets an earlier run in the transaction in which the new one begins. What it wrote is
    /// taken out, if nothing else stands there: then it is the plan's own to take out.
    private void forget(LedgerRun run, List<PreparedStep> backwards, String runId)
            throws SQLException, Stopped {
        Map<String, Long> wrote = new LinkedHashMap<>();
        for (PreparedStep step : backwards) {
            long rows = chunks.totals(run.id(), step.step().name()).counts().written();
            wrote.merge(step.table().name(), rows, Long::sum);
        }
        // whoever still syncs it can't go on from here, and what it wrote last is seen below
        ledger.forget(run.id());
        long taken = 0;
        for (var each : wrote.entrySet()) {
            taken +=
                    emptied
                            ? untouched(each.getKey())
                            : takeOut(run, each.getKey(), each.getValue());
        }
        told =
                emptied
                        ? "the plan's tables are empty: run %s (%s) is forgotten, and run %s begins anew"
                                .formatted(run.id(), run.state(), runId)
                        : "run %s (%s) is forgotten, the %d rows that it left are taken out, and run %s begins anew"
                                .formatted(run.id(), run.state(), taken, runId);
    }

    private long untouched(String table) throws SQLException, Stopped {
        if (tables.holds(table)) {
            target.connection().rollback();
            throw new Stopped(
                    "the table '%s' was empty and is not any more: someone else writes into it; nothing was changed"
                            .formatted(table));
        }
        return 0;
    }

    private long takeOut(LedgerRun run, String table, long wrote) throws SQLException, Stopped {
        try (var statement = target.connection().createStatement()) {
            long deleted = statement.executeUpdate("DELETE FROM " + target.quote(table));
            if (deleted != wrote && deleted != 0) {
                target.connection().rollback();
                throw new Stopped(
                        "run %s left %d rows in the table '%s', which holds %d; nothing was changed. %s"
                                .formatted(run.id(), wrote, table, deleted, tables.toEmpty()));
            }
            return deleted;
        }
    }

    private void empty(PreparedStep step) throws SQLException, Stopped {
        try {
            if (tables.holds(step.table().name())) {
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
