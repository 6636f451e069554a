package dev.slipway.backend.migration;

import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.RunSync;
import dev.slipway.api.migration.SyncState;
import dev.slipway.backend.migration.sync.SyncListener;
import dev.slipway.backend.migration.sync.SyncStatus;
import dev.slipway.backend.queues.JobContext;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;

import java.time.InstantSource;

/// Tells the state database how a sync stands, and the sync that it is to end: because a person
/// wants it, because the worker ends, or because another job carries it by now.
final class SyncReporter implements SyncListener {
    private final StateStore store;
    private final MigrationStore runs;
    private final SyncStore syncs;
    private final JobContext job;
    private final String runId;
    private final InstantSource clock;
    private Runnable end = () -> {};
    private SyncState told = SyncState.QUEUED;
    private volatile int rowsPerSecond;

    SyncReporter(
            StateStore store,
            MigrationStore runs,
            SyncStore syncs,
            JobContext job,
            String runId,
            InstantSource clock) {
        this.store = store;
        this.runs = runs;
        this.syncs = syncs;
        this.job = job;
        this.runId = runId;
        this.clock = clock;
    }

    /// The most rows that a person lets it read in a second, as was last heard; 0: as the plan
    /// says.
    int rowsPerSecond() {
        return rowsPerSecond;
    }

    /// Goes on at the pace that was set before.
    SyncReporter at(int pace) {
        rowsPerSecond = pace;
        return this;
    }

    /// @param sync ends what is told of
    void ends(Runnable sync) {
        end = sync;
    }

    @Override
    public void status(SyncStatus status) {
        if (job.stopping() || !written(status)) {
            end.run();
        }
        job.progress(status.changes(), status.changes() + status.waiting());
    }

    @Override
    public void validated() {
        boolean fresh =
                store.write(
                        handle ->
                                runs.find(handle, runId)
                                        .filter(known -> known.run().state() == RunState.INVALID)
                                        .map(known -> Runs.validated(known.run()))
                                        .map(run -> saved(handle, run))
                                        .isPresent());
        if (fresh) {
            job.log("every row was compared and the plan's checks hold: the run is validated");
        }
    }

    private Run saved(Handle handle, Run run) {
        runs.save(handle, run);
        return run;
    }

    /// @return whether it is to go on
    private boolean written(SyncStatus status) {
        RunSync now =
                store.write(
                        handle -> {
                            StoredSync known = syncs.find(handle, runId).orElse(null);
                            if (known == null || !known.sync().jobId().equals(job.id())) {
                                return null;
                            }
                            RunSync fresh = Syncs.told(known.sync(), status, clock.instant());
                            boolean anew = known.anew() && status.runId().isEmpty();
                            syncs.save(handle, new StoredSync(fresh, anew, known.jobs()));
                            return fresh;
                        });
        if (now == null) {
            return false;
        }
        rowsPerSecond = now.rowsPerSecond();
        if (now.state() != told) {
            told = now.state();
            String reason = now.reason();
            job.log(
                    told.name().toLowerCase(java.util.Locale.ROOT)
                            + (reason == null ? "" : ": " + reason));
        }
        return told != SyncState.STOPPING && told != SyncState.STOPPED;
    }
}
