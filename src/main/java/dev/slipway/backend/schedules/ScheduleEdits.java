package dev.slipway.backend.schedules;

import dev.slipway.api.queues.HoldKind;
import dev.slipway.api.schedules.AddSchedule;
import dev.slipway.api.schedules.ChangeSchedule;
import dev.slipway.api.schedules.RestoreSchedule;
import dev.slipway.api.schedules.RunCause;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.ScheduleRunState;
import dev.slipway.api.schedules.ScheduleSpec;
import dev.slipway.api.schedules.ScheduleVersion;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/// What people make of schedules: each edit is one effect and a version of its own, under the lock
/// that the schedulers take too.
final class ScheduleEdits {
    private static final String CONFIGURATION = "configuration";

    private final Schedules our;
    private final Specs specs;
    private final Permits permits;

    ScheduleEdits(Schedules our) {
        this.our = our;
        this.specs = new Specs(our.tasks);
        this.permits = new Permits(our.tasks);
    }

    /// What a change did, and in words for the audit log.
    record Changed(Schedule schedule, String words) {}

    /// @throws Refused 400, or 409 if there is one of that name, or was
    Effect<Changed> add(AddSchedule asked, Actor actor) {
        Specs.checkName(asked.name());
        ScheduleSpec spec = specs.checked(asked.spec());
        permits.change(actor, spec.task());
        return Effect.of(
                handle -> {
                    var fresh = fresh(asked.name(), spec, actor.user());
                    if (!our.schedules.add(handle, fresh, "added", asked.reason())) {
                        throw Refused.conflict(
                                standsOrStood(our.named.any(handle, asked.name()), asked.name()));
                    }
                    return new Changed(our.views.publish(handle, fresh), "added " + describe(spec));
                });
    }

    private static String standsOrStood(StoredSchedule schedule, String name) {
        return schedule.removed()
                ? "A schedule '%s' was removed by %s. Restore it from its history, or take another name."
                        .formatted(name, schedule.changedBy())
                : "There is a schedule '%s' already; nothing was changed.".formatted(name);
    }

    void addConfigured(Handle handle, String name, ScheduleSpec spec) {
        var fresh = fresh(name, spec, CONFIGURATION);
        if (our.schedules.add(handle, fresh, "added", "as the configuration file says")) {
            our.views.publish(handle, fresh);
        }
    }

    private StoredSchedule fresh(String name, ScheduleSpec spec, String user) {
        Instant now = our.clock.instant();
        return new StoredSchedule(name, 1, spec, false, now, null, user, now);
    }

    /// @throws Refused 400, or 409 if someone changed it meanwhile
    Effect<Changed> change(String name, ChangeSchedule asked, Actor actor) {
        ScheduleSpec spec = specs.checked(asked.spec());
        permits.change(actor, spec.task());
        return Effect.of(
                handle -> {
                    StoredSchedule before = our.named.locked(handle, name);
                    permits.change(actor, before.spec().task());
                    unlessOvertaken(before, asked.expected());
                    String change = Specs.change(before.spec(), spec);
                    if (change.isEmpty()) {
                        return new Changed(our.views.of(handle, before), "nothing changed");
                    }
                    return write(handle, before, spec, false, change, asked.reason(), actor);
                });
    }

    /// Removes a schedule; its runs and its history are kept, its pause is over.
    Effect<Changed> remove(String name, String reason, Actor actor) {
        return Effect.of(
                handle -> {
                    StoredSchedule before = our.named.locked(handle, name);
                    permits.change(actor, before.spec().task());
                    our.holds.resume(handle, HoldKind.SCHEDULE, name);
                    our.schedules.pause(handle, name, null);
                    String change = "removed (" + describe(before.spec()) + ")";
                    return write(handle, before, before.spec(), true, change, reason, actor);
                });
    }

    /// Makes a schedule what an earlier version was: undo.
    Effect<Changed> restore(String name, RestoreSchedule asked, Actor actor) {
        return Effect.of(
                handle -> {
                    StoredSchedule before = our.named.lockedEvenRemoved(handle, name);
                    unlessOvertaken(before, asked.expected());
                    ScheduleVersion wanted = version(handle, name, asked.version());
                    ScheduleSpec spec = specs.checked(wanted.spec());
                    permits.change(actor, before.spec().task());
                    permits.change(actor, spec.task());
                    String change =
                            "as version %d again: %s"
                                    .formatted(asked.version(), Specs.change(before.spec(), spec));
                    return write(handle, before, spec, false, change, asked.reason(), actor);
                });
    }

    private ScheduleVersion version(Handle handle, String name, long version) {
        return our.schedules.versions(handle, name, version + 1, 1).stream()
                .filter(found -> found.version() == version)
                .findFirst()
                .orElseThrow(() -> Refused.notFound("version of " + name, "" + version));
    }

    private Changed write(
            Handle handle,
            StoredSchedule before,
            ScheduleSpec spec,
            boolean removed,
            String change,
            String reason,
            Actor actor) {
        Instant now = our.clock.instant();
        Instant seen = beginsAnew(before, spec) ? now : before.seenUntil();
        var next =
                new StoredSchedule(
                        before.name(),
                        before.version() + 1,
                        spec,
                        removed,
                        seen,
                        removed ? null : before.pause(),
                        actor.user(),
                        now);
        List<LocalDate> lost =
                removed
                        ? List.of()
                        : missed(handle, before, Lost.between(before, spec, seen, now), actor);
        String words =
                lost.isEmpty() ? change : change + "; no longer runs by itself: " + dates(lost);
        our.schedules.change(handle, next, words, reason);
        return new Changed(our.views.publish(handle, next), words);
    }

    /// What a change keeps from running is written down, so that a person sees it and may run it.
    private List<LocalDate> missed(
            Handle handle, StoredSchedule before, List<Due> lost, Actor actor) {
        return lost.stream()
                .filter(
                        due ->
                                our.starter.note(
                                        handle,
                                        Starter.run(
                                                before.name(),
                                                due,
                                                ScheduleRunState.MISSED,
                                                RunCause.SCHEDULED,
                                                our.clock.instant(),
                                                null,
                                                "The schedule was changed by %s, and by its new times this date's time was over"
                                                        .formatted(actor.user()))))
                .map(Due::businessDate)
                .toList();
    }

    private static String dates(List<LocalDate> dates) {
        return dates.stream().map(LocalDate::toString).collect(Collectors.joining(", "));
    }

    /// What would have been due by other times, or while it was off, is not caught up on.
    private static boolean beginsAnew(StoredSchedule before, ScheduleSpec spec) {
        ScheduleSpec old = before.spec();
        return before.removed()
                || spec.enabled() && !old.enabled()
                || !spec.cron().equals(old.cron())
                || !spec.zone().equals(old.zone());
    }

    private static void unlessOvertaken(StoredSchedule before, long expected) {
        if (before.version() != expected) {
            throw Refused.conflict(
                    "%s changed the schedule meanwhile (version %d, yours was made from %d); nothing was changed. Look at it, then change it again."
                            .formatted(before.changedBy(), before.version(), expected));
        }
    }

    private static String describe(ScheduleSpec spec) {
        return "%s in %s: %s %s"
                .formatted(spec.cron(), spec.zone(), spec.task(), spec.parameters());
    }
}
