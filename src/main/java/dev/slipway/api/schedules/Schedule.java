package dev.slipway.api.schedules;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// A schedule as it stands.
///
/// @param version counts its changes, from 1; a change names the one that it was made from
/// @param words the cron expression for a person
/// @param pause null if it is not paused
/// @param next the next ten runs, also when it is paused; none if it is not enabled
/// @param last the latest date that had a run, or null
/// @param problem why it can't run, for example a task that this backend doesn't know; or null
/// @param changedBy who changed it last; `configuration` if it is as the configuration file says
public record Schedule(
        String name,
        long version,
        ScheduleSpec spec,
        String words,
        @Nullable SchedulePause pause,
        List<PlannedRun> next,
        @Nullable ScheduleRun last,
        @Nullable String problem,
        String changedBy,
        Instant changedAt) {

    public Schedule {
        next = List.copyOf(next);
    }
}
