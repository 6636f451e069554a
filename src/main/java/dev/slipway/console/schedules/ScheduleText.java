package dev.slipway.console.schedules;

import dev.slipway.api.schedules.PlannedRun;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.api.schedules.ScheduleRunState;
import dev.slipway.api.schedules.ScheduleSpec;
import dev.slipway.api.schedules.ScheduleVersion;

/// Schedules as a terminal shows them.
final class ScheduleText {
    private ScheduleText() {}

    /// One among others.
    static String line(Schedule one) {
        return "%-24s %-44s %s".formatted(one.name(), next(one), standing(one)).stripTrailing();
    }

    /// All of it.
    static String of(Schedule one) {
        ScheduleSpec is = one.spec();
        return """
                %s: %s in %s (%s)
                  task %s %s, %d day(s) back
                  catch up %s after %d min, overlap %s, %s
                  next %s
                  %s"""
                .formatted(
                        one.name(),
                        one.words(),
                        is.zone(),
                        is.cron(),
                        is.task(),
                        is.parameters(),
                        is.daysBack(),
                        is.catchUp(),
                        is.graceMinutes(),
                        is.overlap(),
                        is.enabled() ? "on" : "off",
                        next(one),
                        standing(one))
                .stripTrailing();
    }

    static String of(ScheduleRun run) {
        return "%s %-8s %-9s job %s %s"
                .formatted(
                        run.businessDate(),
                        run.state(),
                        run.cause(),
                        run.jobId() == null ? "-" : run.jobId(),
                        run.reason())
                .stripTrailing();
    }

    static String of(ScheduleVersion version) {
        return "version %-4d %s by %s: %s"
                .formatted(version.version(), version.at(), version.by(), version.change());
    }

    /// A date to come.
    static String of(PlannedRun run, String zone) {
        return "%s  %s (%s)%s%s"
                .formatted(
                        run.businessDate(),
                        Moments.at(run.at(), zone),
                        run.offset(),
                        run.state() == null ? "" : "  already " + run.state(),
                        run.note() == null ? "" : "  " + run.note());
    }

    private static String next(Schedule one) {
        return Trouble.next(one)
                .map(
                        run ->
                                "%s %s"
                                        .formatted(
                                                Moments.at(run.at(), one.spec().zone()),
                                                one.spec().zone()))
                .orElse("-");
    }

    private static String standing(Schedule one) {
        if (one.problem() != null) {
            return one.problem();
        }
        if (one.pause() != null) {
            return "paused by " + one.pause().by() + ": " + one.pause().reason();
        }
        if (!one.spec().enabled()) {
            return "off";
        }
        ScheduleRun last = one.last();
        return last == null ? "" : last.businessDate() + " " + last.state() + why(last);
    }

    private static String why(ScheduleRun last) {
        return last.state() == ScheduleRunState.MISSED ? ": " + last.reason() : "";
    }
}
