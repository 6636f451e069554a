package dev.slipway.console.schedules;

import dev.slipway.api.schedules.PlannedRun;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.SchedulePause;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.api.schedules.ScheduleRunState;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is wrong with a schedule, the worst first: what is wrong now comes before what went wrong
/// once.
enum Trouble {
    /// It can't run at all.
    BROKEN,
    /// It is due, and has not started.
    LATE,
    /// A date's run failed and nobody ran it again.
    FAILED,
    /// A date was not run as no backend was up.
    MISSED,
    PAUSED,
    /// It is switched off.
    OFF,
    NONE;

    /// Older dates are history.
    private static final int DAYS = 14;

    private static final Duration A_MOMENT = Duration.ofMinutes(1);

    /// All that holds, the worst first; empty if nothing is wrong.
    ///
    /// @param runs of this schedule
    static List<Trouble> all(Schedule schedule, List<ScheduleRun> runs, Instant now) {
        boolean broken = schedule.problem() != null;
        boolean paused = pausedAt(schedule, now);
        boolean off = !schedule.spec().enabled();
        List<Trouble> all = new ArrayList<>();
        if (broken) {
            all.add(BROKEN);
        }
        if (!broken && !paused && !off && late(schedule, runs, now)) {
            all.add(LATE);
        }
        if (!in(runs, ScheduleRunState.FAILED, now).isEmpty()) {
            all.add(FAILED);
        }
        if (!in(runs, ScheduleRunState.MISSED, now).isEmpty()) {
            all.add(MISSED);
        }
        if (paused) {
            all.add(PAUSED);
        }
        if (off) {
            all.add(OFF);
        }
        return all;
    }

    /// The latest runs in a state, the latest date last.
    static List<ScheduleRun> in(List<ScheduleRun> runs, ScheduleRunState state, Instant now) {
        LocalDate since = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(DAYS);
        return runs.stream()
                .filter(run -> run.state() == state && run.businessDate().isAfter(since))
                .toList();
    }

    static boolean pausedAt(Schedule schedule, Instant now) {
        SchedulePause pause = schedule.pause();
        return pause != null && (pause.until() == null || now.isBefore(pause.until()));
    }

    private static boolean late(Schedule schedule, List<ScheduleRun> runs, Instant now) {
        return !in(runs, ScheduleRunState.WAITING, now).isEmpty()
                || next(schedule).filter(run -> run.at().plus(A_MOMENT).isBefore(now)).isPresent();
    }

    /// The next date that will run.
    static Optional<PlannedRun> next(Schedule schedule) {
        return schedule.next().stream().filter(run -> run.state() == null).findFirst();
    }
}
