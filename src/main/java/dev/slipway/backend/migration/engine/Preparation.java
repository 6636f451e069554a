package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.Schema;
import dev.slipway.backend.migration.plan.Step;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.TargetTable;
import dev.slipway.config.Problems;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Holds a whole plan against both databases, and brings its steps together with them.
public final class Preparation {
    private final MigrationPlan plan;
    private final Source source;
    private final Target target;
    private final Converters converters;
    private final Problems problems = new Problems();
    private boolean made;
    private boolean refused;

    public Preparation(MigrationPlan plan, Source source, Target target, Converters converters) {
        this.plan = plan;
        this.source = source;
        this.target = target;
        this.converters = converters;
    }

    /// What is wrong with the plan, everything at once. Nothing is left behind in the target:
    /// tables that the plan would make are made and unmade.
    ///
    /// @param deep whether keys that the source does not vouch for are searched for duplicates,
    ///   which reads the whole table
    public Problems check(boolean deep) throws SQLException {
        try {
            makeTables();
            prepare(deep);
            rehearse();
        } finally {
            target.connection().rollback();
        }
        return problems;
    }

    /// Makes the target's tables if the plan brings them and the first is not there. The caller
    /// commits.
    public void makeTables() throws SQLException {
        Schema schema = plan.schemas().get(target.dialect());
        if (schema == null || schema.before().isEmpty() || plan.steps().isEmpty()) {
            return;
        }
        if (target.table(plan.steps().getFirst().target()).isEmpty()) {
            try {
                target.run(schema.before());
                made = true;
            } catch (SQLException e) {
                refused = true;
                problems.add(
                        schema.beforeLine(),
                        1,
                        "the target refuses the plan's schema: " + e.getMessage());
                target.connection().rollback();
            }
        }
    }

    /// The steps, as far as nothing is wrong with them.
    public Map<String, PreparedStep> prepare(boolean deep) throws SQLException {
        Map<String, PreparedStep> prepared = new LinkedHashMap<>();
        for (Step step : plan.steps()) {
            var preparer = new StepPreparer(step, source, converters, problems, prepared);
            Optional<TargetTable> table = target.table(step.target());
            if (table.isEmpty()) {
                preparer.noTable(target.tables());
            } else {
                preparer.prepare(table.get(), deep).ifPresent(p -> prepared.put(step.name(), p));
            }
        }
        return prepared;
    }

    /// Tries the SQL that a run comes to at its end. Nothing of it stays.
    public void rehearse() throws SQLException {
        var trial = new Trial(plan, source, target, problems);
        trial.source();
        if (!refused) {
            trial.target(made);
        }
    }

    /// Everything found so far.
    public Problems problems() {
        return problems;
    }
}
