package dev.slipway.client.kept;

import dev.slipway.api.events.Kind;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.api.schedules.ScheduleTask;
import dev.slipway.api.schedules.ScheduleVersion;
import dev.slipway.client.offline.ListQuery;
import dev.slipway.client.offline.Query;
import dev.slipway.client.offline.Shelf;

import java.util.Comparator;
import java.util.List;

/// What is kept of schedules.
public final class Schedules {
    private Schedules() {}

    /// Every schedule, by name.
    public static Query<List<Schedule>> all() {
        return Shelf.all(Kind.SCHEDULE, Schedule.class, Comparator.comparing(Schedule::name));
    }

    /// The runs of all schedules that are kept: those of the last months.
    public static Query<List<ScheduleRun>> runs() {
        return Shelf.all(
                Kind.SCHEDULE_RUN,
                ScheduleRun.class,
                Comparator.comparing(ScheduleRun::businessDate)
                        .thenComparing(ScheduleRun::schedule));
    }

    /// What can be scheduled: one page.
    public static ListQuery<ScheduleTask> tasks() {
        return new ListQuery<>(
                "schedule-tasks", "schedule-task", ScheduleTask.class, ScheduleTask::name);
    }

    /// A schedule's versions, by pages, the latest first.
    public static ListQuery<ScheduleVersion> versions(String name) {
        return new ListQuery<>(
                "schedule-versions/" + name,
                "schedule-version",
                ScheduleVersion.class,
                version -> name + "|" + version.version());
    }
}
