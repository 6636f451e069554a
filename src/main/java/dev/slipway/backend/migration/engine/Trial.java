package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.LedgerRun;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.PlanCheck;
import dev.slipway.backend.migration.plan.Schema;
import dev.slipway.backend.migration.plan.Step;
import dev.slipway.backend.migration.source.Results;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.TargetTable;
import dev.slipway.config.Problems;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Tries the SQL of a plan that a run comes to only at its end, before a night is spent on it: the
/// script that finishes the schema, on tables that have no rows yet, and both sides of the
/// validations, which each engine takes in without running them.
final class Trial {
    private static final String LOCKED = "55P03";
    private static final Schema NOTHING = new Schema("", "");
    private final MigrationPlan plan;
    private final Source source;
    private final Target target;
    private final Problems problems;
    private final Schema schema;
    private final Map<PlanCheck, Integer> columns = new HashMap<>();

    Trial(MigrationPlan plan, Source source, Target target, Problems problems) {
        this.plan = plan;
        this.source = source;
        this.target = target;
        this.problems = problems;
        this.schema = plan.schemas().getOrDefault(target.dialect(), NOTHING);
    }

    void source() {
        for (PlanCheck check : plan.validations()) {
            try {
                columns.put(check, source.parse(check.source()));
            } catch (SQLException e) {
                refused(check, check.sourceLine(), "source", e);
            }
        }
    }

    /// Leaves the target as it was within its transaction.
    ///
    /// @param made whether the plan's tables were made in it
    void target(boolean made) throws SQLException {
        Savepoint before = target.connection().setSavepoint();
        boolean unmade = !made && noRowsYet();
        if (unmade || (!plan.validations().isEmpty() && !target.hasLedger())) {
            // a validation may ask the ledger what waits in quarantine
            new Ledger(target, InstantSource.system()).make();
        }
        Savepoint ledger = target.connection().setSavepoint();
        boolean finished = schema.addsOnly() || (unmade && keepsAfter());
        if (!schema.after().isEmpty() && (made || (unmade && !keepsAfter()))) {
            finished |= finishes(ledger);
        }
        for (PlanCheck check : plan.validations()) {
            // what is asked at the end may rest on what 'after' makes
            if (finished) {
                target(check);
            }
        }
        target.connection().rollback(before);
    }

    private boolean finishes(Savepoint before) throws SQLException {
        try {
            target.impatient();
            target.run(schema.after());
            return true;
        } catch (SQLException e) {
            target.connection().rollback(before);
            // a table that someone holds tells nothing of the script
            if (!LOCKED.equals(e.getSQLState())) {
                problems.add(
                        schema.afterLine(),
                        1,
                        "the target refuses the plan's 'after': " + e.getMessage());
            }
            return false;
        }
    }

    private void target(PlanCheck check) throws SQLException {
        Savepoint before = target.connection().setSavepoint();
        try {
            int here = Results.parse(target.connection(), check.target());
            int there = columns.getOrDefault(check, here);
            if (here != there) {
                problems.add(
                        check.targetLine(),
                        1,
                        "the validation '%s' yields %d columns at the source and %d at the target"
                                .formatted(check.name(), there, here));
            }
        } catch (SQLException e) {
            target.connection().rollback(before);
            refused(check, check.targetLine(), "target", e);
        }
    }

    private void refused(PlanCheck check, int line, String side, SQLException e) {
        problems.add(
                line,
                1,
                "the %s refuses its query of the validation '%s': %s"
                        .formatted(side, check.name(), e.getMessage()));
    }

    /// Whether the tables are not the plan's own to make, and wait for it.
    private boolean noRowsYet() throws SQLException {
        if (!schema.before().isEmpty()) {
            return false;
        }
        for (Step step : plan.steps()) {
            Optional<TargetTable> table = target.table(step.target());
            if (table.isEmpty() || anyRow(table.get())) {
                return false;
            }
        }
        return true;
    }

    /// Whether an earlier run ran the script, and the tables were only emptied since.
    private boolean keepsAfter() throws SQLException {
        var ledger = new Ledger(target, InstantSource.system());
        LedgerRun latest = ledger.latest(plan.name()).orElse(null);
        return latest != null && ledger.keepsAfter(latest, schema.after(), plan.hash());
    }

    private boolean anyRow(TargetTable table) throws SQLException {
        String sql = "SELECT 1 FROM " + target.quote(table.name()) + " LIMIT 1";
        try (var statement = target.connection().prepareStatement(sql);
                var row = statement.executeQuery()) {
            return row.next();
        }
    }
}
