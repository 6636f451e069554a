package dev.slipway.backend.schedules;

import dev.slipway.api.Page;
import dev.slipway.api.access.Role;
import dev.slipway.api.events.Change;
import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.HoldKind;
import dev.slipway.api.queues.Pause;
import dev.slipway.api.schedules.AddSchedule;
import dev.slipway.api.schedules.ChangeSchedule;
import dev.slipway.api.schedules.PauseSchedule;
import dev.slipway.api.schedules.RestoreSchedule;
import dev.slipway.api.schedules.RunCause;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.SchedulePause;
import dev.slipway.api.schedules.SchedulePreview;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.api.schedules.ScheduleRunState;
import dev.slipway.api.schedules.ScheduleSpec;
import dev.slipway.api.schedules.ScheduleTask;
import dev.slipway.api.schedules.ScheduleVersion;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What people see of schedules and do to them. Each act is one effect, under the lock that the
/// schedulers take too.
public final class ScheduleService {
    static final String CONFIGURATION = "configuration";
    private static final Duration IN_SNAPSHOT = Duration.ofDays(100);
    private static final int RUNS_IN_SNAPSHOT = 2_000;

    private final Schedules our;
    private final Specs specs;
    private final Permits permits;

    ScheduleService(Schedules our) {
        this.our = our;
        this.specs = new Specs(our.tasks);
        this.permits = new Permits(our.tasks);
    }

    /// Who acts.
    record Actor(String user, Role role) {}

    /// What a change did, and in words for the audit log.
    record Changed(Schedule schedule, String words) {}

    public List<Schedule> all() {
        return our.store.read(
                handle ->
                        our.schedules.all(handle).stream()
                                .map(schedule -> our.views.of(handle, schedule))
                                .toList());
    }

    public Schedule one(String name) {
        return our.store.read(handle -> our.views.of(handle, standing(find(handle, name))));
    }

    List<ScheduleTask> tasks() {
        return our.tasks.descriptions();
    }

    /// What a cron expression would mean from now on. What is wrong with it is an answer too: it is
    /// asked while someone types.
    SchedulePreview preview(ScheduleSpec spec) {
        try {
            Dues dues = Specs.dues(spec);
            List<Due> next = dues.next(our.clock.instant(), Views.NEXT);
            return new SchedulePreview(
                    dues.cron().words(),
                    next.stream().map(due -> Views.planned(due, null)).toList(),
                    null,
                    null);
        } catch (Refused e) {
            String field = e.errors().getFirst().field().replace("/spec/", "");
            return new SchedulePreview("", List.of(), field, e.getMessage());
        }
    }

    /// A schedule's versions, the latest first; also of one that was removed.
    Page<ScheduleVersion> versions(String name, long before, int limit) {
        return our.store.read(
                handle -> {
                    find(handle, name);
                    var found = our.schedules.versions(handle, name, before, limit + 1);
                    var shown = found.subList(0, Math.min(limit, found.size()));
                    return new Page<>(
                            shown,
                            found.size() > limit ? "" + shown.getLast().version() : null,
                            null);
                });
    }

    /// A schedule's runs, the latest date first.
    Page<ScheduleRun> runs(String name, String before, int limit) {
        return our.store.read(
                handle -> {
                    find(handle, name);
                    var found = our.runs.before(handle, name, before, limit + 1);
                    var shown = found.subList(0, Math.min(limit, found.size()));
                    return new Page<>(
                            shown,
                            found.size() > limit ? "" + shown.getLast().businessDate() : null,
                            null);
                });
    }

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
                                standsOrStood(find(handle, asked.name()), asked.name()));
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
                    StoredSchedule before = standing(locked(handle, name));
                    permits.change(actor, before.spec().task());
                    unlessOvertaken(before, asked.expected());
                    String change = Specs.change(before.spec(), spec);
                    if (change.isEmpty()) {
                        return new Changed(our.views.of(handle, before), "nothing changed");
                    }
                    return write(handle, before, spec, false, change, asked.reason(), actor);
                });
    }

    /// Removes a schedule; its runs and its history are kept.
    Effect<Changed> remove(String name, String reason, Actor actor) {
        return Effect.of(
                handle -> {
                    StoredSchedule before = standing(locked(handle, name));
                    permits.change(actor, before.spec().task());
                    listed(handle, name, null);
                    String change = "removed (" + describe(before.spec()) + ")";
                    return write(handle, before, before.spec(), true, change, reason, actor);
                });
    }

    /// Makes a schedule what an earlier version was: undo.
    Effect<Changed> restore(String name, RestoreSchedule asked, Actor actor) {
        return Effect.of(
                handle -> {
                    StoredSchedule before = locked(handle, name);
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
                        before.pause(),
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
                    StoredSchedule before = standing(locked(handle, name));
                    permits.hold(actor, before.spec().task());
                    our.schedules.pause(handle, name, pause);
                    listed(handle, name, pause);
                    return our.views.publish(handle, find(handle, name));
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

    /// The schedules, and the runs of the last months.
    public List<Change> snapshot() {
        Instant now = our.clock.instant();
        LocalDate from = LocalDate.ofInstant(now.minus(IN_SNAPSHOT), ZoneOffset.UTC);
        return our.store.read(
                handle -> {
                    List<Change> changes = new ArrayList<>();
                    for (StoredSchedule schedule : our.schedules.all(handle)) {
                        changes.add(
                                new Change(
                                        Kind.SCHEDULE.wire(),
                                        schedule.name(),
                                        now,
                                        our.views.of(handle, schedule)));
                    }
                    for (ScheduleRun run : our.runs.latest(handle, from, RUNS_IN_SNAPSHOT)) {
                        changes.add(new Change(Kind.SCHEDULE_RUN.wire(), run.id(), now, run));
                    }
                    return changes;
                });
    }

    private StoredSchedule find(Handle handle, String name) {
        return there(our.schedules.find(handle, name), name);
    }

    private StoredSchedule locked(Handle handle, String name) {
        return there(our.schedules.lock(handle, name), name);
    }

    private static StoredSchedule there(Optional<StoredSchedule> found, String name) {
        return found.orElseThrow(() -> Refused.notFound("schedule", name));
    }

    static StoredSchedule standing(StoredSchedule schedule) {
        if (schedule.removed()) {
            throw Refused.conflict(
                    "The schedule '%s' was removed by %s; nothing was changed."
                            .formatted(schedule.name(), schedule.changedBy()));
        }
        return schedule;
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
