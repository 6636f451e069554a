package dev.slipway.console.schedules;

import dev.slipway.api.schedules.PlannedRun;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.SchedulePause;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.api.schedules.ScheduleRunState;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// A schedule as the table shows it.
///
/// @param trouble the worst that holds
/// @param verdict all that is wrong, in words, the worst first; empty if nothing is
/// @param in how long until its next run: `in 3 h 12 min`; a dash if there is none
/// @param at when that is: `27 Nov 02:00 Europe/Berlin`
/// @param last what became of its latest date
record ScheduleRow(
        Schedule schedule, Trouble trouble, String verdict, String in, String at, String last) {

    /// What is wrong first.
    static final Comparator<ScheduleRow> WORST_FIRST =
            Comparator.comparing(ScheduleRow::trouble).thenComparing(row -> row.schedule().name());

    /// @param runs of this schedule
    static ScheduleRow of(Schedule schedule, List<ScheduleRun> runs, Instant now, Wording words) {
        List<Trouble> all = Trouble.all(schedule, runs, now);
        PlannedRun next = Trouble.next(schedule).orElse(null);
        ScheduleRun last = schedule.last();
        return new ScheduleRow(
                schedule,
                all.isEmpty() ? Trouble.NONE : all.getFirst(),
                all.stream()
                        .map(trouble -> said(schedule, trouble, runs, now, words))
                        .collect(Collectors.joining("; ")),
                next == null ? Figures.UNKNOWN : until(next.at(), now, words),
                next == null
                        ? ""
                        : Moments.at(next.at(), schedule.spec().zone())
                                + " "
                                + schedule.spec().zone(),
                last == null
                        ? Figures.UNKNOWN
                        : last.businessDate() + " " + words.of("scheduleRun", last.state()));
    }

    private static String said(
            Schedule schedule,
            Trouble trouble,
            List<ScheduleRun> runs,
            Instant now,
            Wording words) {
        return switch (trouble) {
            case BROKEN -> String.valueOf(schedule.problem());
            case FAILED ->
                    dates("schedules.trouble.failed", runs, ScheduleRunState.FAILED, now, words);
            case MISSED ->
                    dates("schedules.trouble.missed", runs, ScheduleRunState.MISSED, now, words);
            case LATE -> words.say("schedules.trouble.late");
            case PAUSED -> paused(schedule, words);
            case OFF -> words.say("schedules.trouble.off");
            case NONE -> "";
        };
    }

    private static String dates(
            String key,
            List<ScheduleRun> runs,
            ScheduleRunState state,
            Instant now,
            Wording words) {
        List<ScheduleRun> found = Trouble.in(runs, state, now);
        String date = found.getLast().businessDate().toString();
        return found.size() == 1
                ? words.say(key, date)
                : words.say(key + ".many", date, found.size() - 1);
    }

    private static String paused(Schedule schedule, Wording words) {
        SchedulePause pause = schedule.pause();
        if (pause == null) {
            return "";
        }
        return pause.until() == null
                ? words.say("schedules.trouble.paused", pause.by(), pause.reason())
                : words.say(
                        "schedules.trouble.pausedUntil",
                        Moments.at(pause.until(), schedule.spec().zone()),
                        pause.by(),
                        pause.reason());
    }

    static String until(Instant at, Instant now, Wording words) {
        return at.isBefore(now)
                ? words.say("schedules.dueSince", Figures.duration(Duration.between(at, now)))
                : words.say("schedules.in", Figures.duration(Duration.between(now, at)));
    }
}
