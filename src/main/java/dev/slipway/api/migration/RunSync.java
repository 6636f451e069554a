package dev.slipway.api.migration;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// The sync of a run: what keeps the target up to date after the copy. A run has at most one.
///
/// @param startedAt when it was started last
/// @param toldAt when it was last heard of; all figures are of then
/// @param position in the source's log, everything before which is applied; empty if not known
/// @param lagSeconds how old the state is that the target shows, in seconds; null if not known
/// @param waiting changes that are known and not yet applied, as far as they are counted
/// @param changes rows that the source's log named so far
/// @param inserted rows of the target, since the first start
/// @param updated rows of the target, since the first start
/// @param deleted rows of the target, since the first start
/// @param verifiedAt when rows were last compared and were equal, or null
/// @param wholeAt when with that every row had been compared once more, or null
/// @param difference what differed when it was last compared; empty if nothing did
/// @param reason why it is cut off or can't go on and what to do, why it was stopped, or what it
///   waits for before it reads more of the source than its log names; or null
/// @param lags the lag each ten seconds in seconds, the latest last, 60 at most; -1: not known
/// @param jobId the job that carries it
/// @param rowsPerSecond the most rows of whole steps, and of what is compared, that a person lets
///   it read in a second; 0: as the plan says
public record RunSync(
        String runId,
        String plan,
        SyncState state,
        String startedBy,
        Instant startedAt,
        Instant toldAt,
        String position,
        @Nullable Long lagSeconds,
        long waiting,
        long changes,
        long inserted,
        long updated,
        long deleted,
        @Nullable Instant verifiedAt,
        @Nullable Instant wholeAt,
        String difference,
        @Nullable String reason,
        List<Long> lags,
        String jobId,
        int rowsPerSecond) {

    public RunSync {
        lags = List.copyOf(lags);
    }
}
