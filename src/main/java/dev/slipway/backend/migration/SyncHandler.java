package dev.slipway.backend.migration;

import dev.slipway.api.migration.SyncState;
import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.Window;
import dev.slipway.backend.migration.sync.Sync;
import dev.slipway.backend.migration.sync.Triggers;
import dev.slipway.backend.migration.throttle.Brakes;
import dev.slipway.backend.migration.throttle.Gauge;
import dev.slipway.backend.queues.JobContext;
import dev.slipway.backend.queues.JobFailure;
import dev.slipway.backend.queues.JobHandler;
import dev.slipway.backend.store.StateStore;
import dev.slipway.config.BadFile;
import dev.slipway.config.Database;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/// Runs the job `migration.sync` until a person stops it. How far it is stands in the target, so
/// whichever worker takes it up goes on there.
public final class SyncHandler implements JobHandler {
    private final StateStore store;
    private final MigrationStore runs;
    private final SyncStore syncs;
    private final PlanFolder plans;
    private final InstantSource clock;
    private final Gauge pages;

    /// @param pages measures the legacy pool's p95 for plans that name no pages
    public SyncHandler(
            StateStore store,
            MigrationStore runs,
            SyncStore syncs,
            PlanFolder plans,
            InstantSource clock,
            Gauge pages) {
        this.store = store;
        this.runs = runs;
        this.syncs = syncs;
        this.plans = plans;
        this.clock = clock;
        this.pages = pages;
    }

    @Override
    public String type() {
        return SyncJob.TYPE;
    }

    @Override
    public boolean resident() {
        return true;
    }

    @Override
    public void run(JobContext job) throws Exception {
        SyncJob asked = job.payload(SyncJob.class);
        StoredSync known = change(asked.runId(), job, Syncs::takenUp, null);
        if (known == null || known.sync().state() == SyncState.STOPPED) {
            job.log("the sync was stopped before: nothing to do");
            return;
        }
        try {
            sync(asked, known, job);
            change(asked.runId(), job, Syncs::letGo, null);
        } catch (Stopped | BadFile e) {
            failed(asked, job, String.valueOf(e.getMessage()), e);
        } catch (SQLException e) {
            String reason =
                    "a database refuses: "
                            + e.getMessage()
                            + "; what was applied stands. Hold the plan against its databases, put"
                            + " it right and start the sync again";
            failed(asked, job, reason, e);
        } catch (RuntimeException e) {
            boolean last = job.attempt() >= SyncJob.ATTEMPTS;
            String then = last ? "" : ". It is tried again";
            change(
                    asked.runId(),
                    job,
                    state -> Syncs.faulty(state, last),
                    "a fault in Slipway: " + e + "; what was applied stands" + then);
            throw e;
        }
    }

    private void sync(SyncJob asked, StoredSync known, JobContext job)
            throws SQLException, Stopped {
        StoredRun run =
                store.read(handle -> runs.find(handle, asked.runId()))
                        .orElseThrow(() -> new Stopped("the run is not known any more"));
        MigrationPlan plan = plans.read(run.run().plan(), run.yaml());
        Database from = plans.database(plan.source());
        Database to = plans.database(plan.target());
        if (asked.triggers()) {
            Triggers.install(plan, from, to);
        }
        var reporter =
                new SyncReporter(store, runs, syncs, job, asked.runId(), clock)
                        .at(known.sync().rowsPerSecond());
        var sync = new Sync(plan, from, to, reporter, clock).of(asked.runId()).patiently();
        var brakes = new Brakes(clock, name -> plans.replica(plan, name), pages);
        sync.gently(
                plan.window(),
                source -> brakes.of(Window.ALWAYS, plan, source),
                () -> {
                    int set = reporter.rowsPerSecond();
                    return set > 0 ? set : plan.throttle().rowsPerSecond();
                });
        reporter.ends(sync::end);
        if (known.anew()) {
            sync.anew();
        }
        sync.run();
    }

    /// A worker that ends meanwhile leaves it to the next one to meet this, and to say so.
    private void failed(SyncJob asked, JobContext job, String reason, Exception e)
            throws JobFailure {
        if (job.stopping()) {
            change(asked.runId(), job, Syncs::letGo, null);
            return;
        }
        change(asked.runId(), job, _ -> SyncState.FAILED, reason);
        throw new JobFailure(reason, false, e);
    }

    /// Changes the state, if this job is still the one that carries the sync.
    private @Nullable StoredSync change(
            String runId, JobContext job, UnaryOperator<SyncState> to, @Nullable String reason) {
        return store.write(
                handle -> {
                    StoredSync known = syncs.find(handle, runId).orElse(null);
                    if (known == null || !known.sync().jobId().equals(job.id())) {
                        return null;
                    }
                    SyncState state = to.apply(known.sync().state());
                    String why = reason == null ? known.sync().reason() : reason;
                    var fresh =
                            new StoredSync(
                                    Syncs.in(known.sync(), state, clock.instant(), why),
                                    known.anew(),
                                    known.jobs());
                    syncs.save(handle, fresh);
                    return fresh;
                });
    }
}
