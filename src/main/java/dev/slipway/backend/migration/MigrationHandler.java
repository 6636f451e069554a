package dev.slipway.backend.migration;

import dev.slipway.api.events.Kind;
import dev.slipway.api.migration.Pace;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.Waiting;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.engine.Control;
import dev.slipway.backend.migration.engine.Engine;
import dev.slipway.backend.migration.engine.Outcome;
import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.Window;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.backend.migration.throttle.Brakes;
import dev.slipway.backend.migration.throttle.Gauge;
import dev.slipway.backend.queues.JobContext;
import dev.slipway.backend.queues.JobFailure;
import dev.slipway.backend.queues.JobHandler;
import dev.slipway.backend.queues.JobLater;
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;
import dev.slipway.config.BadFile;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;

/// Runs the job `migration.run`: begins a run, or goes on with it where its ledger stands.
public final class MigrationHandler implements JobHandler {
    private final StateStore store;
    private final MigrationStore runs;
    private final Events events;
    private final PlanFolder plans;
    private final InstantSource clock;
    private final Worker worker;
    private final Gauge pages;

    /// @param host names this machine
    /// @param pages measures the legacy pool's p95 for plans that name no pages
    public MigrationHandler(
            StateStore store,
            MigrationStore runs,
            Events events,
            PlanFolder plans,
            InstantSource clock,
            String host,
            Gauge pages) {
        this.store = store;
        this.runs = runs;
        this.events = events;
        this.plans = plans;
        this.clock = clock;
        this.worker = new Worker(host);
        this.pages = pages;
    }

    @Override
    public String type() {
        return RunJob.TYPE;
    }

    @Override
    public void run(JobContext job) throws Exception {
        String id = job.payload(RunJob.class).runId();
        StoredRun known = begin(id, job.id());
        if (known == null) {
            job.log("the run was paused, cancelled or ended before: nothing to do");
            return;
        }
        try {
            Outcome outcome = run(known, job);
            Waiting waiting = outcome.waiting();
            if (waiting != null && waiting.until() != null && !job.stopping()) {
                rest(id, waiting);
                throw new JobLater(waiting.until(), waiting.reason());
            }
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

    private Outcome run(StoredRun known, JobContext job) throws SQLException, Stopped {
        MigrationPlan plan = plans.read(known.run().plan(), known.yaml());
        String id = known.run().id();
        var reporter = new RunReporter(store, runs, events, job, id, plan.window(), clock);
        try (var source = Sources.open(plans.database(plan.source()));
                var target = Targets.open(plans.database(plan.target()));
                var brake =
                        new Brakes(clock, name -> plans.replica(plan, name), pages)
                                .of(plan.window(), plan, source)) {
            var engine =
                    new Engine(
                            plan,
                            source,
                            target,
                            Converters.STANDARD,
                            reporter,
                            control(id, job),
                            clock,
                            worker);
            Outcome outcome = engine.hands(plans.hands()).gently(brake).runAs(id);
            reporter.flush();
            return outcome;
        }
    }

    /// Leaves the run off until its window opens. Whoever paused or cancelled it meanwhile has the
    /// last word.
    private void rest(String id, Waiting waiting) {
        store.writing(
                handle ->
                        runs.find(handle, id)
                                .ifPresent(
                                        known -> {
                                            Run run = known.run();
                                            runs.save(
                                                    handle,
                                                    switch (run.state()) {
                                                        case PAUSING, CANCELLING -> stopped(run);
                                                        default -> resting(known, waiting);
                                                    });
                                        }));
    }

    private Run stopped(Run run) {
        RunState then = run.state() == RunState.PAUSING ? RunState.PAUSED : RunState.CANCELLED;
        return Runs.in(run, then, clock.instant(), run.reason());
    }

    private Run resting(StoredRun known, Waiting waiting) {
        Run run = known.run();
        Long eta = run.etaSeconds();
        Window window = plans.read(run.plan(), known.yaml()).window();
        return Runs.resting(
                run,
                waiting,
                eta == null
                        ? null
                        : window.end(clock.instant(), Duration.ofSeconds(eta)).orElse(null));
    }

    /// Marks the run as running, unless it is not to run.
    private @Nullable StoredRun begin(String id, String jobId) {
        return store.write(
                handle -> {
                    StoredRun known = runs.find(handle, id).orElse(null);
                    // a run that was paused while it waited, and resumed, has another job by now
                    if (known == null || !known.run().jobId().equals(jobId)) {
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
                            runs.save(handle, stopped(known.run()));
                            yield null;
                        }
                        case PAUSED, CANCELLED, INVALID, VALIDATED -> null;
                    };
                });
    }

    private Control control(String id, JobContext job) {
        return new Control() {
            @Override
            public Signal signal() {
                return MigrationHandler.this.signal(id, job);
            }

            @Override
            public Pace pace() {
                return store.read(handle -> runs.pace(handle, id)).orElse(Pace.OF_PLAN);
            }
        };
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
