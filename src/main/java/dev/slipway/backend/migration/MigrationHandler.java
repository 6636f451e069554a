package dev.slipway.backend.migration;

import dev.slipway.api.events.Kind;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunState;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.engine.Control;
import dev.slipway.backend.migration.engine.Engine;
import dev.slipway.backend.migration.engine.Outcome;
import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.backend.queues.JobContext;
import dev.slipway.backend.queues.JobFailure;
import dev.slipway.backend.queues.JobHandler;
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;
import dev.slipway.config.BadFile;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.InstantSource;

/// Runs the job `migration.run`: begins a run, or goes on with it where its ledger stands.
public final class MigrationHandler implements JobHandler {
    private final StateStore store;
    private final MigrationStore runs;
    private final Events events;
    private final PlanFolder plans;
    private final InstantSource clock;
    private final Worker worker;

    /// @param host names this machine
    public MigrationHandler(
            StateStore store,
            MigrationStore runs,
            Events events,
            PlanFolder plans,
            InstantSource clock,
            String host) {
        this.store = store;
        this.runs = runs;
        this.events = events;
        this.plans = plans;
        this.clock = clock;
        this.worker = new Worker(host);
    }

    @Override
    public String type() {
        return RunJob.TYPE;
    }

    @Override
    public void run(JobContext job) throws Exception {
        String id = job.payload(RunJob.class).runId();
        StoredRun known = begin(id);
        if (known == null) {
            job.log("the run was paused, cancelled or ended before: nothing to do");
            return;
        }
        var reporter = new RunReporter(store, runs, events, job, id);
        try {
            Outcome outcome = run(known, job, reporter);
            reporter.flush();
            if (!job.stopping() || outcome.state().ended()) {
                end(id, outcome.state(), outcome.reason());
                tellPlan(known.run().plan());
            }
        } catch (Stopped | BadFile e) {
            end(id, RunState.FAILED, String.valueOf(e.getMessage()));
            throw new JobFailure(String.valueOf(e.getMessage()), false, e);
        } catch (SQLException e) {
            String reason = "a database failed: " + e.getMessage() + "; what was copied stands";
            end(id, RunState.FAILED, reason);
            throw new JobFailure(reason, true, e);
        }
    }

    private Outcome run(StoredRun known, JobContext job, RunReporter reporter)
            throws SQLException, Stopped {
        MigrationPlan plan = plans.read(known.run().plan(), known.yaml());
        try (var source = Sources.open(plans.database(plan.source()));
                var target = Targets.open(plans.database(plan.target()))) {
            String id = known.run().id();
            var engine =
                    new Engine(
                            plan,
                            source,
                            target,
                            Converters.STANDARD,
                            reporter,
                            () -> signal(id, job),
                            clock,
                            worker);
            return engine.runAs(id);
        }
    }

    /// Marks the run as running, unless it is not to run.
    private @Nullable StoredRun begin(String id) {
        return store.write(
                handle -> {
                    StoredRun known = runs.find(handle, id).orElse(null);
                    if (known == null) {
                        return null;
                    }
                    RunState state = known.run().state();
                    return switch (state) {
                        case QUEUED, RUNNING, FAILED -> {
                            runs.save(
                                    handle,
                                    Runs.in(known.run(), RunState.RUNNING, clock.instant(), null));
                            yield known;
                        }
                        // a worker died between the wish and the chunk's end
                        case PAUSING, CANCELLING -> {
                            RunState then =
                                    state == RunState.PAUSING
                                            ? RunState.PAUSED
                                            : RunState.CANCELLED;
                            String why = known.run().reason();
                            runs.save(handle, Runs.in(known.run(), then, clock.instant(), why));
                            yield null;
                        }
                        case PAUSED, CANCELLED, INVALID, VALIDATED -> null;
                    };
                });
    }

    private Control.Signal signal(String id, JobContext job) {
        if (job.stopping()) {
            return Control.Signal.PAUSE;
        }
        RunState state = store.read(handle -> runs.state(handle, id)).orElse(RunState.CANCELLING);
        return switch (state) {
            case PAUSING, PAUSED -> Control.Signal.PAUSE;
            case CANCELLING, CANCELLED -> Control.Signal.CANCEL;
            default -> Control.Signal.GO;
        };
    }

    /// A run that is validated keeps its plan from being started again.
    private void tellPlan(String name) {
        plans.yaml(name)
                .map(yaml -> plans.checked(name, yaml))
                .ifPresent(
                        plan ->
                                store.writing(
                                        handle -> events.publish(handle, Kind.PLAN, name, plan)));
    }

    private void end(String id, RunState state, String reason) {
        store.writing(
                handle ->
                        runs.find(handle, id)
                                .ifPresent(
                                        known -> {
                                            Run run = known.run();
                                            String asked = run.reason();
                                            String why =
                                                    reason.isEmpty()
                                                            ? null
                                                            : asked == null ? reason : asked;
                                            runs.save(
                                                    handle,
                                                    Runs.in(run, state, clock.instant(), why));
                                        }));
    }
}
