package dev.slipway.api.schedules;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What a cron expression would mean; nothing is changed by asking.
///
/// @param words the expression for a person; empty if something is wrong
/// @param next its next ten runs
/// @param field what is wrong: `cron`, `zone` or `daysBack`; null if nothing is
/// @param problem what is wrong with it, or null
public record SchedulePreview(
        String words, List<PlannedRun> next, @Nullable String field, @Nullable String problem) {

    public SchedulePreview {
        next = List.copyOf(next);
    }
}
