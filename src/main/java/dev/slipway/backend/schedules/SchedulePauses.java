package dev.slipway.backend.schedules;

import dev.slipway.api.queues.HoldKind;
import dev.slipway.api.queues.Pause;
import dev.slipway.api.schedules.PauseSchedule;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.SchedulePause;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Pauses schedules and ends their pauses, each as one effect under the lock that the schedulers
/// take too.
final class SchedulePauses {
    private final Schedules our;
    private final Permits permits;

    SchedulePauses(Schedules our) {
        this.our = our;
        this.permits = new Permits(our.tasks);
    }

    /// Pauses a schedule, or gives its pause another reason and end.
    Effect<Schedule> pause(String name, PauseSchedule asked, Actor actor) {
        Instant now = our.clock.instant();
        if (asked.reason().isBlank()) {
            throw Refused.badRequest("/reason", "Say why, for those who wonder why nothing runs.");
        }
        if (asked.until() != null && !asked.until().isAfter(now)) {
            throw Refused.badRequest("/until", "This time is over already.");
        }
        var pause = new SchedulePause(actor.user(), now, asked.until(), asked.reason());
        return paused(name, pause, actor);
    }

    /// Ends a pause. What came due in it stays skipped.
    Effect<Schedule> resume(String name, Actor actor) {
        return paused(name, null, actor);
    }

    private Effect<Schedule> paused(String name, @Nullable SchedulePause pause, Actor actor) {
        return Effect.of(
                handle -> {
                    StoredSchedule before = our.named.locked(handle, name);
                    permits.hold(actor, before.spec().task());
                    our.schedules.pause(handle, name, pause);
                    listed(handle, name, pause);
                    return our.views.publish(handle, our.named.any(handle, name));
                });
    }

    /// What is paused is listed in one place. The schedule's own row is what counts: it still knows
    /// of a pause that ended while no backend was up.
    private void listed(Handle handle, String name, @Nullable SchedulePause pause) {
        if (pause == null) {
            our.holds.resume(handle, HoldKind.SCHEDULE, name);
        } else {
            our.holds.pause(
                    handle,
                    HoldKind.SCHEDULE,
                    name,
                    new Pause(pause.reason(), pause.until()),
                    pause.by());
        }
    }
}
