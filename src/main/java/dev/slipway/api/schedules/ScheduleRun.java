package dev.slipway.api.schedules;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;

/// The run of one business date; there is at most one for each schedule and date.
///
/// @param dueAt when it was due, or null if a person ran a date that the schedule doesn't name
/// @param startedAt when its job was published
/// @param jobId its job, or null if none was needed or none could be published
/// @param by who ran or skipped it, or null
/// @param reason why it was skipped, missed or failed, or what the person said; may be empty
public record ScheduleRun(
        String schedule,
        LocalDate businessDate,
        @Nullable Instant dueAt,
        ScheduleRunState state,
        RunCause cause,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String jobId,
        @Nullable String by,
        String reason) {

    /// Names the run among all.
    public String id() {
        return schedule + "|" + businessDate;
    }
}
