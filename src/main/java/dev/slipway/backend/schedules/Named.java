package dev.slipway.backend.schedules;

import dev.slipway.backend.http.Refused;

import org.jdbi.v3.core.Handle;

import java.util.Optional;

/// Finds the schedules that people name, or refuses.
final class Named {
    private final ScheduleStore schedules;

    Named(ScheduleStore schedules) {
        this.schedules = schedules;
    }

    /// @throws Refused 404
    StoredSchedule any(Handle handle, String name) {
        return there(schedules.find(handle, name), name);
    }

    /// @throws Refused 404, or 409 if it was removed
    StoredSchedule standing(Handle handle, String name) {
        return unlessRemoved(any(handle, name));
    }

    /// Under the lock that the schedulers take too.
    ///
    /// @throws Refused 404, or 409 if it was removed
    StoredSchedule locked(Handle handle, String name) {
        return unlessRemoved(lockedEvenRemoved(handle, name));
    }

    /// @throws Refused 404
    StoredSchedule lockedEvenRemoved(Handle handle, String name) {
        return there(schedules.lock(handle, name), name);
    }

    private static StoredSchedule there(Optional<StoredSchedule> found, String name) {
        return found.orElseThrow(() -> Refused.notFound("schedule", name));
    }

    private static StoredSchedule unlessRemoved(StoredSchedule schedule) {
        if (schedule.removed()) {
            throw Refused.conflict(
                    "The schedule '%s' was removed by %s; nothing was changed."
                            .formatted(schedule.name(), schedule.changedBy()));
        }
        return schedule;
    }
}
