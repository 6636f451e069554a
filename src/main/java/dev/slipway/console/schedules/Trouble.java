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
import java.util.List;
import java.util.Optional;

/// What is wrong with a schedule, the worst first.
enum Trouble {
    /// It can't run at all.
    BROKEN,
    /// A date's run failed and nobody ran it again.
    FAILED,
    /// A date was not run as no backend was up.
    MISSED,
    /// It is due, and has not started.
    LATE,
    PAUSED,
    /// It is switched off.
    OFF,
    NONE;

    /// Older dates are history.
    private static final int DAYS = 14;

    private static final Duration A_MOMENT = Duration.ofMinutes(1);

    /// @param runs of this schedule
    static Trouble of(Schedule schedule, List<ScheduleRun> runs, Instant now) {
        if (schedule.problem() != null) {
            return BROKEN;
        }
        if (!in(runs, ScheduleRunState.FAILED, now).isEmpty()) {
            return FAILED;
        }
        if (!in(runs, ScheduleRunState.MISSED, now).isEmpty()) {
            return MISSED;
        }
        if (pausedAt(schedule, now)) {
            return PAUSED;
        }
        if (!schedule.spec().enabled()) {
            return OFF;
        }
        return late(schedule, runs, now) ? LATE : NONE;
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
