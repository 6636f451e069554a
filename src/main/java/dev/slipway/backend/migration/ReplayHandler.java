package dev.slipway.backend.migration;

import dev.slipway.api.migration.Pace;
import dev.slipway.api.migration.Replayed;
import dev.slipway.api.migration.RunState;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.engine.Control;
import dev.slipway.backend.migration.engine.Replay;
import dev.slipway.backend.migration.engine.ReplayOutcome;
import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.backend.migration.throttle.Brakes;
import dev.slipway.backend.migration.throttle.Gate;
import dev.slipway.backend.migration.throttle.Gauge;
import dev.slipway.backend.queues.JobContext;
import dev.slipway.backend.queues.JobFailure;
import dev.slipway.backend.queues.JobHandler;
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;
import dev.slipway.config.BadFile;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Objects;

/// Replays rows in quarantine, as gently as the plan wants runs to be. Pausing or cancelling the
/// run meanwhile stops the replay after a few rows, or while it waits; what was replayed is
/// checked, and the run ends as the checks say.
public final class ReplayHandler implements JobHandler {
    private final StateStore store;
    private final MigrationStore runs;
    private final Events events;
    private final PlanFolder plans;
    private final InstantSource clock;
    private final Gauge pages;

    /// @param pages measures the legacy pool's p95 for plans that name no pages
    public ReplayHandler(
            StateStore store,
            MigrationStore runs,
            Events events,
            PlanFolder plans,
            InstantSource clock,
            Gauge pages) {
        this.store = store;
        this.runs = runs;
        this.events = events;
        this.plans = plans;
        this.clock = clock;
        this.pages = pages;
    }

    @Override
    public String type() {
        return ReplayJob.TYPE;
    }

    /// It may wait for hours until its window opens.
    @Override
    public boolean resident() {
        return true;
    }

    @Override
    public void run(JobContext job) throws Exception {
        ReplayJob asked = job.payload(ReplayJob.class);
        StoredRun known = store.read(handle -> runs.find(handle, asked.runId())).orElse(null);
        if (known == null || known.run().state().ended()) {
            job.log("the run is over: nothing to do");
            return;
        }
        if (known.run().state() == RunState.FAILED) {
            end(asked.runId(), RunState.RUNNING, null, null);
        }
        try {
            MigrationPlan plan = plan(known, asked);
            var reporter =
                    new RunReporter(store, runs, events, job, asked.runId(), plan.window(), clock);
            ReplayOutcome outcome = replay(plan, asked, job, reporter);
            reporter.flush();
            String reason = outcome.reason().isEmpty() ? null : outcome.reason();
            if (!job.stopping()) {
                end(asked.runId(), outcome.state(), reason, asked.yaml());
            }
            job.log(told(outcome.replayed()));
        } catch (Stopped | BadFile e) {
            boolean asIsWanted = signal(asked.runId(), job) != Control.Signal.GO;
            if (job.stopping()) {
                return;
            }
            String reason = String.valueOf(e.getMessage());
            end(asked.runId(), asked.before(), reason, null);
            if (!asIsWanted) {
                throw new JobFailure(reason, false, e);
            }
            job.log(reason);
        } catch (SQLException e) {
            String reason = "a database failed: " + e.getMessage() + "; what was replayed stands";
            end(asked.runId(), RunState.FAILED, reason, null);
            throw new JobFailure(reason, true, e);
        }
    }

    private static String told(Replayed replayed) {
        return "%d rows tried: %d written, %d merged, %d left out, %d still refused"
                .formatted(
                        replayed.tried(),
                        replayed.written(),
                        replayed.merged(),
                        replayed.skipped(),
                        replayed.refused());
    }

    private MigrationPlan plan(StoredRun known, ReplayJob asked) {
        return plans.read(
                known.run().plan(), Objects.requireNonNullElse(asked.yaml(), known.yaml()));
    }

    private ReplayOutcome replay(
            MigrationPlan plan, ReplayJob asked, JobContext job, RunReporter reporter)
            throws SQLException, Stopped {
        try (var source = Sources.open(plans.database(plan.source()));
                var target = Targets.open(plans.database(plan.target()));
                var brake =
                        new Brakes(clock, name -> plans.replica(plan, name), pages)
                                .of(plan.window(), plan, source)) {
            return new Replay(
                            plan,
                            source,
                            target,
                            Converters.STANDARD,
                            control(asked.runId(), job),
                            clock)
                    .gently(Gate.patient(brake))
                    .listener(reporter)
                    .progress(far -> job.progress(far.tried(), far.wanted()))
                    .run(
                            asked.runId(),
                            Choices.filter(asked.which()),
                            asked.by(),
                            yaml -> plans.read(plan.name(), yaml));
        }
    }

    private Control control(String id, JobContext job) {
        return new Control() {
            @Override
            public Signal signal() {
                return ReplayHandler.this.signal(id, job);
            }

            @Override
            public Pace pace() {
                return store.read(handle -> runs.pace(handle, id)).orElse(Pace.OF_PLAN);
            }
        };
    }

    private Control.Signal signal(String id, JobContext job) {
        RunState state = store.read(handle -> runs.state(handle, id)).orElse(RunState.CANCELLING);
        return job.stopping() || state != RunState.RUNNING
                ? Control.Signal.PAUSE
                : Control.Signal.GO;
    }

    private void end(String id, RunState state, @Nullable String reason, @Nullable String yaml) {
        store.writing(
                handle -> {
                    if (yaml != null) {
                        runs.goesBy(handle, id, yaml);
                    }
                    runs.find(handle, id)
                            .ifPresent(
                                    known ->
                                            runs.save(
                                                    handle,
                                                    Runs.in(
                                                            known.run(),
                                                            state,
                                                            clock.instant(),
                                                            reason)));
                });
    }
}
