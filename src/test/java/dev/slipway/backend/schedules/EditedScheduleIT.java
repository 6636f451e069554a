package dev.slipway.backend.schedules;

import static dev.slipway.api.schedules.ScheduleRunState.MISSED;
import static dev.slipway.api.schedules.ScheduleRunState.STARTED;
import static dev.slipway.backend.schedules.OneSchedule.MONDAY;
import static dev.slipway.backend.schedules.SchedulesFixture.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.api.schedules.ScheduleSpec;
import dev.slipway.testing.States;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;

/// No edit runs a date twice, and none lets a date be forgotten.
@ParameterizedClass
@EnumSource(States.class)
class EditedScheduleIT {
    @AutoClose private final OneSchedule daily;

    EditedScheduleIT(States states, @TempDir Path folder) {
        daily = new OneSchedule(states, folder);
    }

    /// The due time moves over the clock's hand; the date must be run all the same, and once.
    @Test
    void anEditNeverRunsADateTwice() {
        daily.everyNight();
        daily.at("2026-11-24T02:00:00Z");
        daily.change(spec("0 14 * * *", "UTC"));
        assertThat(daily.now().next().getFirst().state()).isEqualTo(STARTED);
        daily.at("2026-11-24T14:00:00Z");
        daily.at("2026-11-25T14:00:00Z");
        assertThat(daily.jobs()).containsExactly("2026-11-23", "2026-11-24");
    }

    /// The due time moves over the clock's hand the other way: nobody would run the date.
    @Test
    void aDateThatAnEditKeepsFromRunningIsMissedAndMayBeRun() {
        daily.everyNight();
        daily.at("2026-11-24T01:30:00Z");
        daily.change(spec("0 1 * * *", "UTC"));
        assertThat(daily.states()).containsExactly(MISSED);
        assertThat(daily.runs().getFirst().reason()).contains("changed by olga");
        assertThat(daily.now().last()).isEqualTo(daily.runs().getFirst());
        assertThat(daily.lastChange())
                .isEqualTo("cron: 0 2 * * * → 0 1 * * *; no longer runs by itself: 2026-11-23");
        daily.at("2026-11-24T03:00:00Z");
        assertThat(daily.jobs()).isEmpty();
        daily.runNow(MONDAY);
        daily.at("2026-11-25T01:00:00Z");
        assertThat(daily.jobs()).containsExactly("2026-11-23", "2026-11-24");
    }

    @Test
    void aDateThatAnUndoKeepsFromRunningIsMissed() {
        daily.everyNight();
        daily.change(spec("0 4 * * *", "UTC"));
        daily.at("2026-11-24T03:00:00Z");
        daily.restore(1);
        assertThat(daily.states()).containsExactly(MISSED);
        daily.at("2026-11-25T02:00:00Z");
        assertThat(daily.states()).containsExactly(MISSED, STARTED);
    }

    @Test
    void datesBetweenFewerDaysBackAreMissed() {
        ScheduleSpec one = spec("0 2 * * *", "UTC");
        daily.add(daysBack(one, 3));
        daily.change(daysBack(one, 0));
        // due on Tuesday, Wednesday and Thursday before; on their own days at 02:00 now
        assertThat(daily.runs())
                .extracting(ScheduleRun::businessDate)
                .containsExactly(MONDAY.minusDays(2), MONDAY.minusDays(1), MONDAY);
        assertThat(daily.count(MISSED)).isEqualTo(3);
        daily.at("2026-11-24T02:00:00Z");
        assertThat(daily.jobs()).containsExactly("2026-11-24");
    }

    @Test
    void aDateThatAnEditNoLongerNamesOrOnlyPutsOffIsNotMissed() {
        daily.everyNight();
        daily.change(spec("0 3 * * *", "UTC"));
        daily.change(spec("0 3 * * 1", "UTC"));
        assertThat(daily.runs()).isEmpty();
        assertThat(daily.lastChange()).isEqualTo("cron: 0 3 * * * → 0 3 * * 1");
    }

    @Test
    void whatWasNotEnabledIsNotCaughtUpOn() {
        ScheduleSpec on = spec("0 2 * * *", "UTC");
        daily.add(on);
        daily.change(enabled(on, false));
        assertThat(daily.now().next()).isEmpty();
        daily.at("2026-11-25T08:00:00Z");
        daily.change(enabled(on, true));
        daily.at("2026-11-25T09:00:00Z");
        assertThat(daily.runs()).isEmpty();
        daily.at("2026-11-26T02:00:00Z");
        assertThat(daily.states()).containsExactly(STARTED);
    }

    private static ScheduleSpec daysBack(ScheduleSpec spec, int daysBack) {
        return new ScheduleSpec(
                spec.cron(),
                spec.zone(),
                spec.task(),
                spec.parameters(),
                daysBack,
                spec.catchUp(),
                spec.graceMinutes(),
                spec.overlap(),
                spec.enabled());
    }

    private static ScheduleSpec enabled(ScheduleSpec spec, boolean enabled) {
        return new ScheduleSpec(
                spec.cron(),
                spec.zone(),
                spec.task(),
                spec.parameters(),
                spec.daysBack(),
                spec.catchUp(),
                spec.graceMinutes(),
                spec.overlap(),
                enabled);
    }
}
