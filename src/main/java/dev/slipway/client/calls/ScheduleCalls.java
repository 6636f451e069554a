package dev.slipway.client.calls;

import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.Reason;
import dev.slipway.api.schedules.AddSchedule;
import dev.slipway.api.schedules.ChangeSchedule;
import dev.slipway.api.schedules.OfDate;
import dev.slipway.api.schedules.PauseSchedule;
import dev.slipway.api.schedules.RestoreSchedule;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.SchedulePreview;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.api.schedules.ScheduleTask;
import dev.slipway.api.schedules.ScheduleVersion;
import dev.slipway.client.http.Calls;
import dev.slipway.client.http.ProblemException;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What a backend is asked and told about schedules. Every call blocks.
public final class ScheduleCalls {
    private final Calls calls;

    public ScheduleCalls(Calls calls) {
        this.calls = calls;
    }

    public List<Schedule> all() throws ProblemException {
        return calls.list(calls.url(Paths.SCHEDULES), Schedule.class);
    }

    public Schedule one(String name) throws ProblemException {
        return calls.one(Paths.SCHEDULE, Schedule.class, name);
    }

    /// What can be scheduled.
    public List<ScheduleTask> tasks() throws ProblemException {
        return calls.list(calls.url(Paths.SCHEDULE_TASKS), ScheduleTask.class);
    }

    /// What a cron expression would mean; what is wrong with it is in the answer.
    public SchedulePreview preview(String cron, String zone, int daysBack) throws ProblemException {
        var url =
                calls.url(Paths.SCHEDULE_PREVIEW)
                        .addQueryParameter("cron", cron)
                        .addQueryParameter("zone", zone)
                        .addQueryParameter("daysBack", "" + daysBack);
        return calls.get(url, SchedulePreview.class);
    }

    public Schedule add(AddSchedule schedule) throws ProblemException {
        return calls.command("POST", Paths.SCHEDULES, schedule, Schedule.class);
    }

    public Schedule change(String name, ChangeSchedule change) throws ProblemException {
        return calls.command("PUT", Paths.SCHEDULE, change, Schedule.class, name);
    }

    public Schedule remove(String name, String reason) throws ProblemException {
        return calls.command("DELETE", Paths.SCHEDULE, new Reason(reason), Schedule.class, name);
    }

    public Schedule restore(String name, RestoreSchedule wanted) throws ProblemException {
        return calls.command("POST", Paths.SCHEDULE_RESTORE, wanted, Schedule.class, name);
    }

    /// A schedule's earlier versions, the latest first; also of one that was removed.
    public Page<ScheduleVersion> versions(String name, @Nullable String cursor)
            throws ProblemException {
        return calls.page(calls.url(Paths.SCHEDULE_VERSIONS, name), cursor, ScheduleVersion.class);
    }

    /// A schedule's runs, the latest date first.
    public Page<ScheduleRun> runs(String name, @Nullable String cursor) throws ProblemException {
        return calls.page(calls.url(Paths.SCHEDULE_RUNS, name), cursor, ScheduleRun.class);
    }

    public ScheduleRun run(String name, OfDate date) throws ProblemException {
        return calls.command("POST", Paths.SCHEDULE_RUNS, date, ScheduleRun.class, name);
    }

    public ScheduleRun skip(String name, OfDate date) throws ProblemException {
        return calls.command("POST", Paths.SCHEDULE_SKIP, date, ScheduleRun.class, name);
    }

    public ScheduleRun unskip(String name, OfDate date) throws ProblemException {
        return calls.command("POST", Paths.SCHEDULE_UNSKIP, date, ScheduleRun.class, name);
    }

    public Schedule pause(String name, PauseSchedule pause) throws ProblemException {
        return calls.command("POST", Paths.SCHEDULE_PAUSE, pause, Schedule.class, name);
    }

    public Schedule resume(String name, String reason) throws ProblemException {
        return calls.command(
                "POST", Paths.SCHEDULE_RESUME, new Reason(reason), Schedule.class, name);
    }
}
