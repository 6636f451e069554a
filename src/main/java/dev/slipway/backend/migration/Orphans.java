package dev.slipway.backend.migration;

import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.SyncState;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobState;
import dev.slipway.backend.queues.JobQueue;
import dev.slipway.backend.rounds.Rounds;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.InstantSource;

/// Finds runs and syncs whose job has ended without saying so: it was buried because too many
/// workers died over it, or someone discarded it. They become failed, so that they can be resumed
/// or started again. Several may look at once.
public final class Orphans implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final StateStore store;
    private final MigrationStore runs;
    private final SyncStore syncs;
    private final JobQueue queue;
    private final InstantSource clock;
    private final Rounds rounds = new Rounds(Orphans.class, "migration-orphans");

    public Orphans(
            StateStore store,
            MigrationStore runs,
            SyncStore syncs,
            JobQueue queue,
            InstantSource clock) {
        this.store = store;
        this.runs = runs;
        this.syncs = syncs;
        this.queue = queue;
        this.clock = clock;
    }

    public void start() {
        rounds.every(EVERY, EVERY, "could not look for runs without a job", this::look);
    }

    @Override
    public void close() {
        rounds.close();
    }

    void look() {
        if (store.read(this::any)) {
            store.writing(
                    handle -> {
                        runs.carried(handle).forEach(run -> lookAt(handle, run));
                        syncs.carried(handle).forEach(sync -> lookAt(handle, sync));
                    });
        }
    }

    private boolean any(Handle handle) {
        return runs.carried(handle).stream().anyMatch(run -> ended(handle, run.jobId()))
                || syncs.carried(handle).stream()
                        .anyMatch(sync -> ended(handle, sync.sync().jobId()));
    }

    private boolean ended(Handle handle, String jobId) {
        return queue.find(handle, jobId).filter(job -> job.state().ended()).isPresent();
    }

    private void lookAt(Handle handle, Run run) {
        RunState then =
                switch (run.state()) {
                    case PAUSING -> RunState.PAUSED;
                    case CANCELLING -> RunState.CANCELLED;
                    default -> RunState.FAILED;
                };
        queue.find(handle, run.jobId())
                .filter(job -> job.state().ended())
                .map(job -> Runs.in(run, then, clock.instant(), why(job)))
                .ifPresent(fresh -> runs.save(handle, fresh));
    }

    private void lookAt(Handle handle, StoredSync stored) {
        SyncState then =
                stored.sync().state() == SyncState.STOPPING ? SyncState.STOPPED : SyncState.FAILED;
        queue.find(handle, stored.sync().jobId())
                .filter(job -> job.state().ended())
                .map(job -> Syncs.in(stored.sync(), then, clock.instant(), why(job)))
                .map(fresh -> new StoredSync(fresh, stored.anew(), stored.jobs()))
                .ifPresent(fresh -> syncs.save(handle, fresh));
    }

    private static String why(Job job) {
        String error = job.error() == null ? "" : ": " + job.error();
        String how = job.state() == JobState.DISCARDED ? "was discarded" : "has ended" + error;
        return "its job " + how + ". What was copied stands, and it goes on from there";
    }
}
