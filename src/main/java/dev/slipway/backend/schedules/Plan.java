package dev.slipway.backend.schedules;

import static dev.slipway.api.schedules.ScheduleRunState.MISSED;
import static dev.slipway.api.schedules.ScheduleRunState.SKIPPED;
import static dev.slipway.api.schedules.ScheduleRunState.STARTED;
import static dev.slipway.api.schedules.ScheduleRunState.WAITING;

import dev.slipway.api.schedules.Overlap;
import dev.slipway.api.schedules.RunCause;
import dev.slipway.api.schedules.ScheduleRunState;
import dev.slipway.api.schedules.ScheduleSpec;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Decides what becomes of the due times that a schedule has not dealt with. Touches nothing.
final class Plan {
    private Plan() {}

    /// @param state `STARTED` if it is to be started now, or what is written down instead
    /// @param reason why it is not started; empty if it is
    record Step(Due due, ScheduleRunState state, RunCause cause, String reason) {}

    /// @param dues the earliest first
    /// @param busy whether an earlier run of the schedule is still on
    static List<Step> of(StoredSchedule schedule, List<Due> dues, boolean busy, Instant now) {
        List<Step> steps = new ArrayList<>();
        boolean running = busy;
        for (Due due : dues) {
            boolean latest = due.equals(dues.getLast());
            Step step = step(schedule, due, latest, now);
            if (step.state == STARTED && running) {
                step = overlapping(schedule.spec().overlap(), step);
            }
            running |= step.state == STARTED;
            steps.add(step);
        }
        return steps;
    }

    private static Step step(StoredSchedule schedule, Due due, boolean latest, Instant now) {
        boolean late = late(schedule.spec(), due, now);
        var pause = schedule.pause();
        if (pause != null && (schedule.pausedAt(due.at()) || schedule.pausedAt(now))) {
            return new Step(
                    due,
                    SKIPPED,
                    RunCause.SCHEDULED,
                    "paused by " + pause.by() + ": " + pause.reason());
        }
        if (!late) {
            return new Step(due, STARTED, RunCause.SCHEDULED, "");
        }
        return switch (schedule.spec().catchUp()) {
            case ALL -> new Step(due, STARTED, RunCause.CATCH_UP, "");
            case LATEST ->
                    latest
                            ? new Step(due, STARTED, RunCause.CATCH_UP, "")
                            : missed(due, "a later date was due too, and only the latest is run");
            case NONE -> missed(due, "the schedule does not catch up");
        };
    }

    private static Step missed(Due due, String rule) {
        return new Step(
                due, MISSED, RunCause.SCHEDULED, "No backend was up when it was due; " + rule);
    }

    private static boolean late(ScheduleSpec spec, Due due, Instant now) {
        return due.at().plus(Duration.ofMinutes(spec.graceMinutes())).isBefore(now);
    }

    /// Runs that are caught up on follow each other even where one that is due would be skipped.
    private static Step overlapping(Overlap overlap, Step step) {
        return switch (overlap) {
            case ALLOW -> step;
            case WAIT -> waiting(step);
            case SKIP ->
                    step.cause == RunCause.CATCH_UP
                            ? waiting(step)
                            : new Step(
                                    step.due,
                                    SKIPPED,
                                    step.cause,
                                    "the run before it was still on");
        };
    }

    private static Step waiting(Step step) {
        return new Step(step.due, WAITING, step.cause, "waits for the run before it");
    }
}
