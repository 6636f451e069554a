package dev.slipway.backend.migration.validation;

import dev.slipway.api.migration.Validation;
import dev.slipway.backend.migration.ledger.Chunks;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.LedgerStep;
import dev.slipway.backend.migration.ledger.StepTotals;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.target.Target;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Checks what stands in the target: each step when it is copied, the whole at the end.
public final class Validator {
    private final String runId;
    private final MigrationPlan plan;
    private final Source source;
    private final Target target;
    private final Ledger ledger;
    private final Chunks chunks;

    public Validator(
            String runId,
            MigrationPlan plan,
            Source source,
            Target target,
            Ledger ledger,
            Chunks chunks) {
        this.runId = runId;
        this.plan = plan;
        this.source = source;
        this.target = target;
        this.ledger = ledger;
        this.chunks = chunks;
    }

    /// Checks a step whose rows are all copied.
    public List<Validation> step(StepView step) throws SQLException {
        LedgerStep known = ledger.step(runId, step.name()).orElseThrow();
        StepTotals totals = chunks.totals(runId, step.name());
        List<Validation> found = new ArrayList<>();
        found.addAll(new Conservation(runId, source).check(step, known, totals.counts()));
        found.addAll(new ReadBack(runId, target).check(step, totals.counts()));
        ledger.commit();
        return found;
    }

    /// Checks what no step can tell alone.
    public List<Validation> whole(Collection<StepView> steps) throws SQLException {
        List<Validation> found = new ArrayList<>();
        for (StepView step : steps) {
            found.addAll(new References(runId, target).check(step));
        }
        found.addAll(new PlanChecks(runId, source, target).check(plan.validations()));
        ledger.commit();
        return found;
    }
}
