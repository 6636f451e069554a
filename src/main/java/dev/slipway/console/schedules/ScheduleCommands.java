package dev.slipway.console.schedules;

import dev.slipway.api.schedules.AddSchedule;
import dev.slipway.api.schedules.ChangeSchedule;
import dev.slipway.api.schedules.OfDate;
import dev.slipway.api.schedules.PauseSchedule;
import dev.slipway.api.schedules.RestoreSchedule;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.SchedulePreview;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.client.calls.ScheduleCalls;
import dev.slipway.client.http.ProblemException;

/// What can be done to schedules. Each call blocks.
public interface ScheduleCommands {
    Schedule pause(String name, PauseSchedule pause) throws ProblemException;

    Schedule resume(String name, String reason) throws ProblemException;

    ScheduleRun run(String name, OfDate date) throws ProblemException;

    ScheduleRun skip(String name, OfDate date) throws ProblemException;

    ScheduleRun unskip(String name, OfDate date) throws ProblemException;

    Schedule add(AddSchedule schedule) throws ProblemException;

    Schedule change(String name, ChangeSchedule change) throws ProblemException;

    Schedule remove(String name, String reason) throws ProblemException;

    Schedule restore(String name, RestoreSchedule wanted) throws ProblemException;

    SchedulePreview preview(String cron, String zone, int daysBack) throws ProblemException;

    /// Over HTTP.
    static ScheduleCommands of(ScheduleCalls calls) {
        return new ScheduleCommands() {
            @Override
            public Schedule pause(String name, PauseSchedule pause) throws ProblemException {
                return calls.pause(name, pause);
            }

            @Override
            public Schedule resume(String name, String reason) throws ProblemException {
                return calls.resume(name, reason);
            }

            @Override
            public ScheduleRun run(String name, OfDate date) throws ProblemException {
                return calls.run(name, date);
            }

            @Override
            public ScheduleRun skip(String name, OfDate date) throws ProblemException {
                return calls.skip(name, date);
            }

            @Override
            public ScheduleRun unskip(String name, OfDate date) throws ProblemException {
                return calls.unskip(name, date);
            }

            @Override
            public Schedule add(AddSchedule schedule) throws ProblemException {
                return calls.add(schedule);
            }

            @Override
            public Schedule change(String name, ChangeSchedule change) throws ProblemException {
                return calls.change(name, change);
            }

            @Override
            public Schedule remove(String name, String reason) throws ProblemException {
                return calls.remove(name, reason);
            }

            @Override
            public Schedule restore(String name, RestoreSchedule wanted) throws ProblemException {
                return calls.restore(name, wanted);
            }

            @Override
            public SchedulePreview preview(String cron, String zone, int daysBack)
                    throws ProblemException {
                return calls.preview(cron, zone, daysBack);
            }
        };
    }
}
