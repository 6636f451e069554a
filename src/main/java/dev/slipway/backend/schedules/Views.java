package dev.slipway.backend.schedules;

import dev.slipway.api.events.Kind;
import dev.slipway.api.schedules.PlannedRun;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.store.Events;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the contract shows of a schedule: with its words, its next runs and its last.
final class Views {
    static final int NEXT = 10;

    private final ScheduleRuns runs;
    private final Tasks tasks;
    private final Events events;
    private final InstantSource clock;

    Views(ScheduleRuns runs, Tasks tasks, Events events, InstantSource clock) {
        this.runs = runs;
        this.tasks = tasks;
        this.events = events;
        this.clock = clock;
    }

    /// Tells everyone how a schedule stands.
    ///
    /// @return the same
    Schedule publish(Handle handle, StoredSchedule schedule) {
        Schedule shown = of(handle, schedule);
        events.publish(handle, Kind.SCHEDULE, shown.name(), schedule.removed() ? null : shown);
        return shown;
    }

    /// Tells everyone that a run was taken back.
    void gone(Handle handle, ScheduleRun run) {
        events.publish(handle, Kind.SCHEDULE_RUN, run.id(), null);
    }

    Schedule of(Handle handle, StoredSchedule schedule) {
        Instant now = clock.instant();
        String words = "";
        String problem = problem(schedule);
        List<PlannedRun> next = List.of();
        try {
            Dues dues = Specs.dues(schedule.spec());
            words = dues.cron().words();
            next = schedule.spec().enabled() ? next(handle, schedule, dues, now) : next;
        } catch (Refused e) { // written by another version, or a zone that is no more
            problem = e.getMessage();
        }
        return new Schedule(
                schedule.name(),
                schedule.version(),
                schedule.spec(),
                words,
                schedule.pause(),
                next,
                runs.last(handle, schedule.name(), now).orElse(null),
                problem,
                schedule.changedBy(),
                schedule.changedAt());
    }

    private @Nullable String problem(StoredSchedule schedule) {
        return tasks.find(schedule.spec().task()).isPresent()
                ? null
                : "This backend knows no task '" + schedule.spec().task() + "': nothing runs.";
    }

    private List<PlannedRun> next(Handle handle, StoredSchedule schedule, Dues dues, Instant now) {
        List<Due> found = dues.next(later(now, schedule.seenUntil()), NEXT);
        if (found.isEmpty()) {
            return List.of();
        }
        Map<LocalDate, ScheduleRun> standing =
                runs.from(handle, schedule.name(), found.getFirst().businessDate()).stream()
                        .collect(Collectors.toMap(ScheduleRun::businessDate, Function.identity()));
        return found.stream().map(due -> planned(due, standing.get(due.businessDate()))).toList();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    static PlannedRun planned(Due due, @Nullable ScheduleRun standing) {
        return new PlannedRun(
                due.businessDate(),
                due.at(),
                due.offset(),
                due.note(),
                standing == null ? null : standing.state());
    }
}
