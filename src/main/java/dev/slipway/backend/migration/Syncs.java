package dev.slipway.backend.migration;

import dev.slipway.api.migration.RunSync;
import dev.slipway.api.migration.SyncState;
import dev.slipway.backend.migration.sync.SyncStatus;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a sync may become: all its legal transitions.
final class Syncs {
    private static final Duration BETWEEN_LAGS = Duration.ofSeconds(10);
    private static final int LAGS = 60;
    private static final long UNKNOWN = -1;

    private Syncs() {}

    /// The state after a person's wish to stop, or empty if there is nothing to stop.
    static Optional<SyncState> stopped(SyncState state) {
        return switch (state) {
            case QUEUED -> Optional.of(SyncState.STOPPED);
            case LOOKING, CATCHING_UP, CURRENT, CUT_OFF -> Optional.of(SyncState.STOPPING);
            case STOPPING, STOPPED, FAILED -> Optional.empty();
        };
    }

    /// The state when a worker takes the sync up.
    static SyncState takenUp(SyncState state) {
        return switch (state) {
            case QUEUED, LOOKING, CATCHING_UP, CURRENT, CUT_OFF, FAILED -> SyncState.QUEUED;
            // a worker died between the wish and the transaction's end
            case STOPPING, STOPPED -> SyncState.STOPPED;
        };
    }

    /// The state after a fault of the program, which passes or not.
    ///
    /// @param last whether no worker will try it again
    static SyncState faulty(SyncState state, boolean last) {
        SyncState then = letGo(state);
        return last && then == SyncState.QUEUED ? SyncState.FAILED : then;
    }

    /// The state when a worker lets the sync go, for another one to take it up.
    static SyncState letGo(SyncState state) {
        return switch (state) {
            case QUEUED, LOOKING, CATCHING_UP, CURRENT, CUT_OFF -> SyncState.QUEUED;
            case STOPPING -> SyncState.STOPPED;
            case STOPPED -> SyncState.STOPPED;
            case FAILED -> SyncState.FAILED;
        };
    }

    /// The first of a run.
    static RunSync first(String runId, String plan, String by, Instant now, String job) {
        return new RunSync(
                runId,
                plan,
                SyncState.QUEUED,
                by,
                now,
                now,
                "",
                null,
                0,
                0,
                0,
                0,
                0,
                null,
                null,
                "",
                null,
                List.of(),
                job,
                0);
    }

    /// Started again.
    static RunSync again(RunSync sync, String by, Instant now, String job) {
        return copy(
                sync,
                SyncState.QUEUED,
                by,
                now,
                now,
                null,
                later(sync, now),
                lags(sync, now),
                job,
                sync.rowsPerSecond());
    }

    /// In another state; what it was stays known, but not for how long.
    static RunSync in(RunSync sync, SyncState state, Instant now, @Nullable String reason) {
        return copy(
                sync,
                state,
                sync.startedBy(),
                sync.startedAt(),
                now,
                reason,
                later(sync, now),
                lags(sync, now),
                sync.jobId(),
                sync.rowsPerSecond());
    }

    private static RunSync copy(
            RunSync sync,
            SyncState state,
            String by,
            Instant started,
            Instant told,
            @Nullable String reason,
            @Nullable Long lag,
            List<Long> lags,
            String job,
            int rowsPerSecond) {
        return new RunSync(
                sync.runId(),
                sync.plan(),
                state,
                by,
                started,
                told,
                sync.position(),
                lag,
                sync.waiting(),
                sync.changes(),
                sync.inserted(),
                sync.updated(),
                sync.deleted(),
                sync.verifiedAt(),
                sync.wholeAt(),
                sync.difference(),
                reason,
                lags,
                job,
                rowsPerSecond);
    }

    private static @Nullable Long later(RunSync sync, Instant now) {
        Long lag = sync.lagSeconds();
        return lag == null
                ? null
                : lag + Math.max(0, Duration.between(sync.toldAt(), now).toSeconds());
    }

    /// As the sync tells of itself.
    static RunSync told(RunSync sync, SyncStatus status, Instant now) {
        if (status.runId().isEmpty()) {
            // not even begun: what it was stays known
            return in(sync, state(sync, status), now, status.detail());
        }
        Long lag = status.behindSeconds() < 0 ? null : Long.valueOf(status.behindSeconds());
        boolean cutOff = status.phase() == SyncStatus.Phase.CUT_OFF;
        return new RunSync(
                sync.runId(),
                sync.plan(),
                state(sync, status),
                sync.startedBy(),
                sync.startedAt(),
                now,
                status.position(),
                lag,
                status.waiting(),
                status.changes(),
                status.inserted(),
                status.updated(),
                status.deleted(),
                known(status.verifiedAt()),
                known(status.wholeAt()),
                difference(sync, status),
                cutOff ? status.detail() : whyStopped(sync, status),
                lags(sync, lag, now),
                sync.jobId(),
                sync.rowsPerSecond());
    }

    /// Whether its pace may be changed.
    static boolean paced(SyncState state) {
        return switch (state) {
            case QUEUED, LOOKING, CATCHING_UP, CURRENT, CUT_OFF -> true;
            case STOPPING, STOPPED, FAILED -> false;
        };
    }

    /// At another pace.
    static RunSync paced(RunSync sync, int rowsPerSecond) {
        return copy(
                sync,
                sync.state(),
                sync.startedBy(),
                sync.startedAt(),
                sync.toldAt(),
                sync.reason(),
                sync.lagSeconds(),
                sync.lags(),
                sync.jobId(),
                rowsPerSecond);
    }

    /// What differed does so until it was compared again.
    private static String difference(RunSync sync, SyncStatus status) {
        return switch (status.phase()) {
            case DIFFERS -> status.detail();
            case CUT_OFF -> sync.difference();
            case LOOKING, CATCHING_UP, CURRENT, ENDED -> "";
        };
    }

    private static @Nullable String whyStopped(RunSync sync, SyncStatus status) {
        if (sync.state() == SyncState.STOPPING || sync.state() == SyncState.STOPPED) {
            return sync.reason();
        }
        return status.waits().isEmpty() ? null : "waits to read: " + status.waits();
    }

    private static SyncState state(RunSync sync, SyncStatus status) {
        if (sync.state() == SyncState.STOPPING || sync.state() == SyncState.STOPPED) {
            return sync.state();
        }
        return switch (status.phase()) {
            case LOOKING -> SyncState.LOOKING;
            case CATCHING_UP -> SyncState.CATCHING_UP;
            // it goes on, and is behind or not
            case DIFFERS -> status.behindSeconds() == 0 ? SyncState.CURRENT : SyncState.CATCHING_UP;
            case CURRENT, ENDED -> SyncState.CURRENT;
            case CUT_OFF -> SyncState.CUT_OFF;
        };
    }

    private static @Nullable Instant known(Instant at) {
        return at.equals(Instant.EPOCH) ? null : at;
    }

    /// One for each ten seconds since it was started; what no one told is not known.
    private static List<Long> lags(RunSync sync, Instant now) {
        long slot = BETWEEN_LAGS.toSeconds();
        long fresh = now.getEpochSecond() / slot - sync.toldAt().getEpochSecond() / slot;
        List<Long> lags = new ArrayList<>(sync.lags());
        for (long i = 0; i < Math.min(fresh, LAGS) || lags.isEmpty(); i++) {
            lags.add(UNKNOWN);
        }
        return lags.subList(Math.max(0, lags.size() - LAGS), lags.size());
    }

    /// The worst of each ten seconds counts.
    private static List<Long> lags(RunSync sync, @Nullable Long lag, Instant now) {
        List<Long> lags = lags(sync, now);
        lags.set(lags.size() - 1, Math.max(lags.getLast(), lag == null ? UNKNOWN : lag));
        return lags;
    }
}
