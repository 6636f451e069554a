package dev.slipway.backend.schedules;

import dev.slipway.api.events.Kind;
import dev.slipway.api.schedules.RunCause;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.api.schedules.ScheduleRunState;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.schedules.Task.Order;
import dev.slipway.backend.schedules.Task.Started;
import dev.slipway.backend.store.Events;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;

/// Starts runs and writes down what became of them, inside the transaction of whoever has locked
/// the schedule. Run and job are written together or not at all.
final class Starter {
    private static final String SAVEPOINT = "start";

    private final ScheduleRuns runs;
    private final Tasks tasks;
    private final Events events;

    Starter(ScheduleRuns runs, Tasks tasks, Events events) {
        this.runs = runs;
        this.tasks = tasks;
        this.events = events;
    }

    /// Writes down a run that is not started, unless its date has one.
    boolean note(Handle handle, ScheduleRun run) {
        if (!runs.add(handle, run)) {
            return false;
        }
        tell(handle, run);
        return true;
    }

    /// Starts the run of a date that has none.
    ///
    /// @return empty if it has one: nothing is done then
    Optional<ScheduleRun> start(
            Handle handle, StoredSchedule schedule, Due due, RunCause cause, Instant now) {
        ScheduleRun fresh =
                run(schedule.name(), due, ScheduleRunState.STARTED, cause, now, null, "");
        if (!runs.add(handle, fresh)) {
            return Optional.empty();
        }
        return Optional.of(begin(handle, schedule, fresh, false));
    }

    /// Starts a run whose row stands already.
    ScheduleRun begin(Handle handle, StoredSchedule schedule, ScheduleRun run, boolean again) {
        ScheduleRun begun = begun(handle, schedule, run, again);
        runs.put(handle, begun);
        tell(handle, begun);
        return begun;
    }

    private ScheduleRun begun(
            Handle handle, StoredSchedule schedule, ScheduleRun run, boolean again) {
        Task task = tasks.find(schedule.spec().task()).orElse(null);
        if (task == null) {
            return ended(
                    run,
                    ScheduleRunState.FAILED,
                    "This backend knows no task '" + schedule.spec().task() + "'.");
        }
        handle.savepoint(SAVEPOINT);
        try {
            Started started = task.start(handle, order(schedule, run, again));
            handle.releaseSavepoint(SAVEPOINT);
            return started.jobId() == null
                    ? ended(run, ScheduleRunState.SKIPPED, String.valueOf(started.nothing()))
                    : with(run, started.jobId());
        } catch (Refused refused) {
            handle.rollbackToSavepoint(SAVEPOINT);
            return ended(run, ScheduleRunState.FAILED, "" + refused.getMessage());
        }
    }

    private static Order order(StoredSchedule schedule, ScheduleRun run, boolean again) {
        return new Order(
                "schedule:" + schedule.name() + ":" + run.businessDate(),
                run.businessDate(),
                schedule.spec().parameters(),
                run.by() == null ? "schedule " + schedule.name() : run.by(),
                again);
    }

    void tell(Handle handle, ScheduleRun run) {
        events.publish(handle, Kind.SCHEDULE_RUN, run.id(), run);
    }

    /// @param by the person who asked, or null
    static ScheduleRun run(
            String schedule,
            Due due,
            ScheduleRunState state,
            RunCause cause,
            Instant now,
            @Nullable String by,
            String reason) {
        boolean started = state == ScheduleRunState.STARTED;
        return new ScheduleRun(
                schedule,
                due.businessDate(),
                due.at(),
                state,
                cause,
                started ? now : null,
                null,
                null,
                by,
                reason);
    }

    private static ScheduleRun with(ScheduleRun run, String jobId) {
        return new ScheduleRun(
                run.schedule(),
                run.businessDate(),
                run.dueAt(),
                ScheduleRunState.STARTED,
                run.cause(),
                run.startedAt(),
                null,
                jobId,
                run.by(),
                run.reason());
    }

    /// It ended where it began: no job was published.
    private static ScheduleRun ended(ScheduleRun run, ScheduleRunState state, String why) {
        return new ScheduleRun(
                run.schedule(),
                run.businessDate(),
                run.dueAt(),
                state,
                run.cause(),
                run.startedAt(),
                run.startedAt(),
                null,
                run.by(),
                why);
    }
}
