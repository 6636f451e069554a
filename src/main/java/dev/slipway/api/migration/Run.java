package dev.slipway.api.migration;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// One execution of a plan.
///
/// @param rowsPerSecond over the last few seconds; 0 when it does not run
/// @param etaSeconds of work until the copy ends at this rate, hours in which the plan's window is
///   closed not counted, or null if that can't be said
/// @param reason why it paused, failed or is invalid; for a person
/// @param jobId the job that carries it
/// @param timing when it reads and how fast
public record Run(
        String id,
        String plan,
        RunState state,
        String startedBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        List<StepProgress> steps,
        double rowsPerSecond,
        @Nullable Long etaSeconds,
        @Nullable String reason,
        String jobId,
        RunTiming timing) {

    public Run {
        steps = List.copyOf(steps);
    }
}
