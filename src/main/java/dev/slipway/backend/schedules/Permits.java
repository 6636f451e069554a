package dev.slipway.backend.schedules;

import dev.slipway.api.access.Role;
import dev.slipway.backend.http.Refused;

import java.util.List;

/// Who may do what to a schedule. Its task says who may run it: otherwise a schedule would be a way
/// around what a role may do. Whoever watches over the queues may hold it.
final class Permits {
    private final Tasks tasks;

    Permits(Tasks tasks) {
        this.tasks = tasks;
    }

    /// @throws Refused 403
    void change(Actor actor, String task) {
        if (!tasks.may(actor.role(), task)) {
            throw notAllowed(actor, "run '" + task + "' or change its schedules");
        }
    }

    /// Pause, resume, skip.
    ///
    /// @throws Refused 403
    void hold(Actor actor, String task) {
        if (actor.role() != Role.OPERATOR
                && actor.role() != Role.ONCALL
                && !tasks.may(actor.role(), task)) {
            throw notAllowed(actor, "hold schedules of '" + task + "'");
        }
    }

    private static Refused notAllowed(Actor actor, String what) {
        return new Refused(
                403,
                "not-allowed",
                "The role %s may not %s; nothing was changed.".formatted(actor.role(), what),
                List.of());
    }
}
