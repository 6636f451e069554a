package dev.slipway.backend.migration.sync;

import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.Validation;
import dev.slipway.backend.migration.engine.PreparedStep;
import dev.slipway.backend.migration.ledger.Chunks;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.LedgerRun;
import dev.slipway.backend.migration.ledger.Validations;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.validation.StepView;
import dev.slipway.backend.migration.validation.Validator;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Checks a run anew whose copy was red. A shop that goes on while it is copied has other sums at
/// the copy's end than at its beginning, so its copy can't be green. Once the sync has compared
/// every row, what no row tells alone is asked again: foreign keys, and what the plan says must be
/// equal on both sides. If that holds while the source is quiet, the run counts as validated.
final class Revalidation {
    static final String NAME = "every row, compared by the sync";
    private static final Duration APART = Duration.ofMinutes(1);

    /// It takes one part of the time in so many.
    private static final int SHARE = 10;

    private final String runId;
    private final MigrationPlan plan;
    private final Map<String, StepView> steps = new LinkedHashMap<>();
    private final Source source;
    private final Target target;
    private final Ledger ledger;
    private final InstantSource clock;
    private boolean red;
    private Instant next = Instant.EPOCH;

    Revalidation(
            LedgerRun run,
            MigrationPlan plan,
            Map<String, PreparedStep> steps,
            Source source,
            Target target,
            Ledger ledger,
            InstantSource clock) {
        this.runId = run.id();
        this.plan = plan;
        steps.forEach((name, step) -> this.steps.put(name, step.view()));
        this.source = source;
        this.target = target;
        this.ledger = ledger;
        this.clock = clock;
        this.red = run.state() == RunState.INVALID;
    }

    /// Whether the run's checks hold: those of its copy, or those made since.
    boolean holds() {
        return !red;
    }

    /// Checks, if it is red and time for it. To be called when all is applied.
    ///
    /// @param wholeAt when every row had been compared, or [Instant#EPOCH]
    /// @return whether the run counts as validated from now on, and did not before
    boolean check(Instant wholeAt, Comparing.Quiet quiet) throws SQLException {
        Instant begun = clock.instant();
        if (!red || wholeAt.equals(Instant.EPOCH) || begun.isBefore(next) || !quiet.now()) {
            return false;
        }
        List<Validation> found = whole();
        Duration took = Duration.between(begun, clock.instant()).multipliedBy(SHARE - 1);
        next = clock.instant().plus(took.compareTo(APART) > 0 ? took : APART);
        boolean passed = found.stream().allMatch(Validation::passed);
        if (!passed || !quiet.now()) {
            target.connection().rollback();
            return false;
        }
        keep(found, wholeAt);
        red = false;
        return true;
    }

    private List<Validation> whole() throws SQLException {
        var chunks = new Chunks(ledger, new Worker("sync"));
        return new Validator(runId, plan, source, target, ledger, chunks, steps, _ -> List.of())
                .whole();
    }

    private void keep(List<Validation> found, Instant wholeAt) throws SQLException {
        var validations = new Validations(ledger);
        List<Validation> before = validations.of(runId);
        String wasRed =
                before.stream()
                        .filter(each -> !each.passed())
                        .map(each -> (each.step() + " " + each.name()).strip())
                        .collect(Collectors.joining("; "));
        List<Validation> now = new ArrayList<>(found);
        now.add(new Validation(runId, "", NAME, true, "equal", "equal", told(wholeAt, wasRed)));
        validations.forgetRed(runId);
        validations.keep(before.size(), now);
        ledger.state(runId, RunState.VALIDATED);
        target.connection().commit();
    }

    private static String told(Instant wholeAt, String wasRed) {
        return "compared until %s, over a source that had changed since the copy. Red when the copy ended: %s"
                .formatted(wholeAt, wasRed);
    }
}
