package dev.slipway.backend.migration.validation;

import dev.slipway.api.migration.Place;
import dev.slipway.api.migration.Validation;
import dev.slipway.backend.migration.ledger.Chunks;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.LedgerStep;
import dev.slipway.backend.migration.ledger.Quarantine;
import dev.slipway.backend.migration.ledger.StepTotals;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.target.Target;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Checks what stands in the target: each step when it is copied, the whole at the end.
public final class Validator {
    private final String runId;
    private final MigrationPlan plan;
    private final Source source;
    private final Target target;
    private final Ledger ledger;
    private final Chunks chunks;
    private final Map<String, StepView> steps;
    private final Diagnosis diagnosis;

    public Validator(
            String runId,
            MigrationPlan plan,
            Source source,
            Target target,
            Ledger ledger,
            Chunks chunks,
            Map<String, StepView> steps,
            Diagnosis diagnosis) {
        this.runId = runId;
        this.plan = plan;
        this.source = source;
        this.target = target;
        this.ledger = ledger;
        this.chunks = chunks;
        this.steps = steps;
        this.diagnosis = diagnosis;
    }

    /// Checks a step whose rows are all copied.
    public List<Validation> step(StepView step) throws SQLException {
        LedgerStep known = ledger.step(runId, step.name()).orElseThrow();
        StepTotals totals = chunks.totals(runId, step.name());
        var shortReads = new ShortReads(runId, source, chunks);
        List<Validation> found = new ArrayList<>();
        found.addAll(new Conservation(runId, shortReads).check(step, known, totals.counts()));
        List<Validation> readBack = new ReadBack(runId, target).check(step, totals.counts());
        boolean red = readBack.stream().anyMatch(v -> !v.passed());
        found.addAll(red ? located(readBack, diagnosis.locate(step)) : readBack);
        var quarantine = new Quarantine(ledger);
        found.addAll(
                new Totals(runId, shortReads, target, quarantine)
                        .check(step, known, totals.counts()));
        try (var sampled = new SampledTarget(runId, target, steps, ledger.keySpace(runId))) {
            found.addAll(
                    new Samples(runId, source, ledger, chunks, sampled)
                            .check(step, totals.chunks()));
        }
        ledger.commit();
        return found;
    }

    /// Red checks with the places that make them red, if those were found.
    private static List<Validation> located(List<Validation> checks, List<Place> places) {
        return checks.stream().map(v -> v.passed() || places.isEmpty() ? v : v.at(places)).toList();
    }

    /// Asks the source what the plan's own checks want to know; steps may be checked meanwhile.
    ///
    /// @param from a connection that nothing else uses
    public PlanAnswers ask(Source from) throws SQLException {
        return PlanAnswers.of(from, plan.validations());
    }

    /// Checks what no step can tell alone.
    public List<Validation> whole() throws SQLException {
        return whole(ask(source));
    }

    /// Checks what no step can tell alone.
    ///
    /// @param answers of the source to the plan's own checks
    public List<Validation> whole(PlanAnswers answers) throws SQLException {
        List<Validation> found = new ArrayList<>();
        for (StepView step : steps.values()) {
            found.addAll(new References(runId, target).check(step));
        }
        found.addAll(new PlanChecks(runId, target).check(answers));
        ledger.commit();
        return found;
    }
}
