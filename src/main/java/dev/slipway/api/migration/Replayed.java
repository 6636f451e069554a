package dev.slipway.api.migration;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// A replay of rows in quarantine: they were mapped and written once more.
///
/// @param number counts a run's replays from 1
/// @param endedAt null while it is under way, or if it died
/// @param wanted how many open rows were asked for when it began
/// @param tried how many it came to; `tried = written + merged + skipped + refused`
/// @param written those that stand in the target now
/// @param merged those that are one with another row of the target now
/// @param skipped those that the plan leaves out
/// @param refused those that are still open
/// @param kept those whose source row is gone, so that the kept raw row was used
/// @param planChanged whether it came with another plan than the run had before
/// @param refusals why rows were refused again, the most first; the first few reasons
public record Replayed(
        String runId,
        int number,
        String startedBy,
        Instant startedAt,
        @Nullable Instant endedAt,
        long wanted,
        long tried,
        long written,
        long merged,
        long skipped,
        long refused,
        long kept,
        boolean planChanged,
        List<Refusal> refusals) {

    public Replayed {
        refusals = List.copyOf(refusals);
    }

    /// How often a replay was refused for one reason.
    public record Refusal(String step, String column, String rule, String reason, long rows) {}

    /// Names the replay among its kind.
    public String id() {
        return runId + "|" + number;
    }
}
