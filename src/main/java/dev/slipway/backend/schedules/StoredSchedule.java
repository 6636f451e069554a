package dev.slipway.backend.schedules;

import dev.slipway.api.schedules.SchedulePause;
import dev.slipway.api.schedules.ScheduleSpec;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A schedule's row.
///
/// @param seenUntil what came due until then is dealt with
record StoredSchedule(
        String name,
        long version,
        ScheduleSpec spec,
        boolean removed,
        Instant seenUntil,
        @Nullable SchedulePause pause,
        String changedBy,
        Instant changedAt) {

    /// Whether its pause covers a moment.
    boolean pausedAt(Instant moment) {
        return pause != null
                && !moment.isBefore(pause.since())
                && (pause.until() == null || moment.isBefore(pause.until()));
    }
}
