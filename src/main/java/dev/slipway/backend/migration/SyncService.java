package dev.slipway.backend.migration;

import dev.slipway.api.events.Change;
import dev.slipway.api.events.Kind;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.RunSync;
import dev.slipway.api.migration.StartSync;
import dev.slipway.api.migration.SyncPace;
import dev.slipway.api.migration.SyncState;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.queues.JobQueue;
import dev.slipway.backend.queues.JobQueue.NewJob;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a person sees of syncs, and may do to them.
public final class SyncService {
    private final StateStore store;
    private final MigrationStore runs;
    private final SyncStore syncs;
    private final JobQueue queue;
    private final InstantSource clock;

    public SyncService(
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

    public List<RunSync> all() {
        return store.read(syncs::all);
    }

    public RunSync of(String runId) {
        return store.read(handle -> syncs.find(handle, runId))
                .map(StoredSync::sync)
                .orElseThrow(() -> Refused.notFound("sync of run", runId));
    }

    /// Starts a run's sync, or lets it go on.
    ///
    /// @throws Refused 404, 409 if the run has not copied everything, or something is under way
    Effect<RunSync> start(String runId, StartSync start, String user) {
        return Effect.of(
                handle -> {
                    Run run =
                            runs.find(handle, runId)
                                    .orElseThrow(() -> Refused.notFound("run", runId))
                                    .run();
                    refuseUnlessCopied(handle, run);
                    StoredSync known = syncs.find(handle, runId).orElse(null);
                    int time = known == null ? 1 : known.jobs() + 1;
                    String job =
                            queue.publish(
                                    handle,
                                    new NewJob(
                                            RunJob.QUEUE,
                                            SyncJob.TYPE,
                                            "sync of " + run.plan(),
                                            "sync/" + runId + "/" + time,
                                            new SyncJob(runId, start.triggers()),
                                            SyncJob.ATTEMPTS));
                    Instant now = clock.instant();
                    RunSync sync =
                            known == null
                                    ? Syncs.first(runId, run.plan(), user, now, job)
                                    : Syncs.again(known.sync(), user, now, job);
                    // a wish to begin anew holds until it did
                    boolean anew = start.anew() || known != null && known.anew();
                    syncs.save(handle, new StoredSync(sync, anew, time));
                    return sync;
                });
    }

    private void refuseUnlessCopied(Handle handle, Run run) {
        if (run.state() != RunState.VALIDATED && run.state() != RunState.INVALID) {
            throw Refused.conflict(
                    "The run is %s; nothing was started. A sync begins once everything is copied."
                            .formatted(word(run.state())));
        }
        runs.open(handle, run.plan())
                .ifPresent(
                        open -> {
                            throw Refused.conflict(
                                    "Run %s of this plan is under way; nothing was started."
                                            .formatted(open.run().id()));
                        });
        Optional<RunSync> open = syncs.open(handle, run.plan());
        if (open.isPresent()) {
            throw Refused.conflict(
                    "The sync of run %s is %s; nothing was started."
                            .formatted(open.get().runId(), word(open.get().state())));
        }
    }

    /// Lets a sync end after the transaction in hand.
    ///
    /// @throws Refused 404, 409 if it does not go on anyway
    Effect<RunSync> stop(String runId, String reason) {
        return Effect.of(
                handle -> {
                    StoredSync known =
                            syncs.find(handle, runId)
                                    .orElseThrow(() -> Refused.notFound("sync of run", runId));
                    SyncState state = known.sync().state();
                    SyncState then =
                            Syncs.stopped(state)
                                    .orElseThrow(
                                            () ->
                                                    Refused.conflict(
                                                            "The sync is %s; nothing was changed."
                                                                    .formatted(word(state))));
                    String why = reason.isBlank() ? null : reason;
                    RunSync sync = Syncs.in(known.sync(), then, clock.instant(), why);
                    syncs.save(handle, new StoredSync(sync, known.anew(), known.jobs()));
                    return sync;
                });
    }

    /// Changes how fast a sync reads whole steps and what it compares.
    ///
    /// @throws Refused 404, 409 if it does not go on, 400 if the pace can't be
    Effect<RunSync> pace(String runId, SyncPace pace) {
        MigrationService.bounded(
                "rowsPerSecond", pace.rowsPerSecond(), MigrationService.MOST_ROWS_PER_SECOND);
        return Effect.of(
                handle -> {
                    StoredSync known =
                            syncs.find(handle, runId)
                                    .orElseThrow(() -> Refused.notFound("sync of run", runId));
                    if (!Syncs.paced(known.sync().state())) {
                        throw Refused.conflict(
                                "The sync is %s; nothing was changed."
                                        .formatted(word(known.sync().state())));
                    }
                    RunSync sync = Syncs.paced(known.sync(), pace.rowsPerSecond());
                    syncs.save(handle, new StoredSync(sync, known.anew(), known.jobs()));
                    return sync;
                });
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    public List<Change> snapshot() {
        Instant now = clock.instant();
        return all().stream()
                .map(sync -> new Change(Kind.SYNC.wire(), sync.runId(), now, sync))
                .toList();
    }
}
