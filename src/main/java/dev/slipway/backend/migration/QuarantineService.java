package dev.slipway.backend.migration;

import dev.slipway.api.migration.ActOnQuarantine;
import dev.slipway.api.migration.CorrectQuarantine;
import dev.slipway.api.migration.Plan;
import dev.slipway.api.migration.QuarantineActed;
import dev.slipway.api.migration.ReplayQuarantine;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunState;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.migration.ledger.Decisions;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.NoSuchColumn;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.backend.queues.JobQueue;
import dev.slipway.backend.queues.JobQueue.NewJob;
import dev.slipway.backend.store.StateStore;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/// What people may do about rows in quarantine. Decisions stand in the run's target, beside the
/// rows; a replay is a job.
final class QuarantineService {
    private static final int ATTEMPTS = 5;
    private final StateStore store;
    private final MigrationStore runs;
    private final JobQueue queue;
    private final PlanFolder plans;
    private final InstantSource clock;

    QuarantineService(
            StateStore store,
            MigrationStore runs,
            JobQueue queue,
            PlanFolder plans,
            InstantSource clock) {
        this.store = store;
        this.runs = runs;
        this.queue = queue;
        this.plans = plans;
        this.clock = clock;
    }

    private interface Decision {
        long in(Decisions decisions) throws SQLException, NoSuchColumn;
    }

    QuarantineActed accept(String runId, ActOnQuarantine act, String user) {
        if (act.reason().isBlank()) {
            throw Refused.badRequest("/reason", "Say why these rows are left behind.");
        }
        var which = Choices.filter(act.which());
        return decide(runId, d -> d.accept(runId, which, user, act.reason()), "is open");
    }

    QuarantineActed reopen(String runId, ActOnQuarantine act) {
        var which = Choices.filter(act.which());
        return decide(runId, d -> d.reopen(runId, which), "is accepted");
    }

    QuarantineActed correct(String runId, CorrectQuarantine body, String user) {
        var correction =
                new Decisions.Correction(
                        body.step(), body.key(), body.column(), body.from(), body.to());
        return decide(
                runId,
                d -> d.correct(runId, correction, user),
                "is open and holds another value than the new one");
    }

    private QuarantineActed decide(String runId, Decision decision, String must) {
        StoredRun known =
                store.read(handle -> runs.find(handle, runId))
                        .orElseThrow(() -> Refused.notFound("run", runId));
        var plan = plans.read(known.run().plan(), known.yaml());
        long rows;
        try (Target target = Targets.open(plans.database(plan.target()))) {
            var ledger = new Ledger(target, clock);
            if (!ledger.exists()) {
                throw Refused.conflict("The run has written nothing yet; nothing was changed.");
            }
            ledger.upgrade();
            rows = decision.in(new Decisions(ledger));
            ledger.commit();
        } catch (NoSuchColumn e) {
            throw Refused.badRequest("/column", String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            throw new Refused(
                    503,
                    "target",
                    "The run's target does not answer: "
                            + e.getMessage()
                            + ". Nothing was changed; try again later.",
                    List.of());
        }
        if (rows == 0) {
            throw Refused.conflict("None of these rows " + must + "; nothing was changed.");
        }
        return new QuarantineActed(rows);
    }

    /// Asks for a replay.
    ///
    /// @throws Refused 404, 409 if the run is not at its end, 422 if the changed plan has problems
    Effect<Run> replay(String runId, ReplayQuarantine body, String user) {
        String name =
                store.read(handle -> runs.find(handle, runId))
                        .orElseThrow(() -> Refused.notFound("run", runId))
                        .run()
                        .plan();
        String yaml = body.changedPlan() ? changed(name) : null;
        return Effect.of(
                handle -> {
                    StoredRun known =
                            runs.find(handle, runId)
                                    .orElseThrow(() -> Refused.notFound("run", runId));
                    RunState state = known.run().state();
                    if (state != RunState.VALIDATED && state != RunState.INVALID) {
                        throw Refused.conflict(
                                "The run is %s; nothing was changed. Rows are replayed once everything is copied."
                                        .formatted(state.name().toLowerCase(Locale.ROOT)));
                    }
                    runs.open(handle, name)
                            .ifPresent(
                                    open -> {
                                        throw Refused.conflict(
                                                "Run %s of this plan is under way; nothing was changed."
                                                        .formatted(open.run().id()));
                                    });
                    runs.synced(handle, name)
                            .ifPresent(
                                    run -> {
                                        throw Refused.conflict(
                                                "The sync goes on with run %s; nothing was changed. Stop it first: it also tries these rows again when the source changes them."
                                                        .formatted(run));
                                    });
                    String job =
                            queue.publish(
                                    handle,
                                    new NewJob(
                                            RunJob.QUEUE,
                                            ReplayJob.TYPE,
                                            "replay for " + name,
                                            runId + "/" + (known.jobs() + 1),
                                            new ReplayJob(runId, body.which(), yaml, user, state),
                                            ATTEMPTS));
                    runs.carriedBy(handle, runId, job);
                    Run run =
                            Runs.carriedBy(
                                    Runs.in(known.run(), RunState.RUNNING, clock.instant(), null),
                                    job);
                    runs.save(handle, run);
                    return run;
                });
    }

    private @Nullable String changed(String name) {
        String yaml = plans.yaml(name).orElseThrow(() -> Refused.notFound("plan", name));
        Plan checked = plans.checked(name, yaml);
        if (!checked.problems().isEmpty()) {
            var first = checked.problems().getFirst();
            throw new Refused(
                    422,
                    "plan",
                    "The plan has %d problems; nothing was changed. Line %d: %s"
                            .formatted(checked.problems().size(), first.line(), first.message()),
                    List.of());
        }
        return yaml;
    }
}
