package dev.slipway.backend.schedules;

import dev.slipway.api.Page;
import dev.slipway.api.events.Change;
import dev.slipway.api.events.Kind;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.SchedulePreview;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.api.schedules.ScheduleSpec;
import dev.slipway.api.schedules.ScheduleTask;
import dev.slipway.api.schedules.ScheduleVersion;
import dev.slipway.backend.http.Refused;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// What people see of schedules.
public final class ScheduleService {
    private static final Duration IN_SNAPSHOT = Duration.ofDays(100);
    private static final int RUNS_IN_SNAPSHOT = 2_000;

    private final Schedules our;

    ScheduleService(Schedules our) {
        this.our = our;
    }

    public List<Schedule> all() {
        return our.store.read(
                handle ->
                        our.schedules.all(handle).stream()
                                .map(schedule -> our.views.of(handle, schedule))
                                .toList());
    }

    public Schedule one(String name) {
        return our.store.read(handle -> our.views.of(handle, our.named.standing(handle, name)));
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
                    our.named.any(handle, name);
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
                    our.named.any(handle, name);
                    var found = our.runs.before(handle, name, before, limit + 1);
                    var shown = found.subList(0, Math.min(limit, found.size()));
                    return new Page<>(
                            shown,
                            found.size() > limit ? "" + shown.getLast().businessDate() : null,
                            null);
                });
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
}
