package dev.slipway.backend.schedules;

import static dev.slipway.api.schedules.ScheduleRunState.FAILED;
import static dev.slipway.api.schedules.ScheduleRunState.MISSED;
import static dev.slipway.api.schedules.ScheduleRunState.STARTED;
import static dev.slipway.backend.schedules.OneSchedule.MONDAY;
import static dev.slipway.backend.schedules.OneSchedule.NAME;
import static dev.slipway.backend.schedules.SchedulesFixture.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.schedules.CatchUp;
import dev.slipway.api.schedules.Overlap;
import dev.slipway.testing.States;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A task that refuses, fails or is no more, and a clock that is wrong.
@ParameterizedClass
@EnumSource(States.class)
class TroubledScheduleIT {
    @AutoClose private final OneSchedule daily;

    TroubledScheduleIT(States states, @TempDir Path folder) {
        daily = new OneSchedule(states, folder);
    }

    @Test
    void aRefusedStartLeavesNoJobAndSaysWhy() {
        daily.everyNight();
        daily.fixture.failWith(SchedulesFixture.refused());
        daily.at("2026-11-24T02:00:00Z");
        assertThat(daily.states()).containsExactly(FAILED);
        assertThat(daily.runs().getFirst().reason()).isEqualTo("The shop is closed.");
        assertThat(daily.jobs()).isEmpty();
        daily.fixture.failWith(null);
        daily.runNow(MONDAY);
        assertThat(daily.jobs()).containsExactly("2026-11-23");
    }

    @Test
    void aFaultInOneScheduleIsTriedAgainThenShownAndKeepsNoOtherFromRunning() {
        daily.everyNight();
        daily.fixture.failWith(new IllegalStateException("a bug"));
        daily.at("2026-11-24T02:00:00Z");
        assertThat(daily.runs()).isEmpty();
        daily.fixture.failWith(null);
        daily.at("2026-11-24T02:00:01Z");
        assertThat(daily.states()).containsExactly(STARTED);

        daily.fixture.failWith(new IllegalStateException("a bug"));
        daily.at("2026-11-25T02:00:00Z");
        daily.tick();
        daily.tick();
        assertThat(daily.states()).containsExactly(STARTED, FAILED);
        assertThat(daily.runs().getLast().reason()).contains("IllegalStateException");
        assertThat(daily.jobs()).containsExactly("2026-11-23");
    }

    /// A clock that ran ahead wrote down as missed what had not come yet; then it was put right.
    @Test
    void whatAWrongClockMissedComesDueAfterAll() {
        daily.add(spec("0 2 * * *", "UTC", CatchUp.NONE, 60, Overlap.ALLOW));
        daily.clock.set(Instant.parse("2026-11-30T12:00:00Z"));
        daily.startAgain();
        daily.tick();
        assertThat(daily.count(MISSED)).isEqualTo(7);
        daily.clock.set(Instant.parse("2026-11-23T12:10:00Z"));
        daily.startAgain();
        daily.tick();
        assertThat(daily.runs()).isEmpty();
        daily.at("2026-11-24T02:00:00Z");
        assertThat(daily.states()).containsExactly(STARTED);
    }

    @Test
    void aJumpOfTheClockIsWaitedOutBeforeAnythingStarts() {
        daily.everyNight();
        long[] nanos = {0};
        var watched = daily.backend.scheduler(() -> nanos[0]);
        watched.tick();
        daily.clock.set(Instant.parse("2026-11-24T02:00:30Z"));
        nanos[0] += 1_000_000_000L;
        watched.tick();
        assertThat(daily.runs()).isEmpty();
        daily.clock.forward(Duration.ofSeconds(119));
        nanos[0] += 119_000_000_000L;
        watched.tick();
        assertThat(daily.runs()).isEmpty();
        daily.clock.forward(Duration.ofSeconds(1));
        nanos[0] += 1_000_000_000L;
        watched.tick();
        assertThat(daily.states()).containsExactly(STARTED);
        watched.close();
    }

    @Test
    void aTaskThatIsNoMoreIsShownAndFailsItsRuns() {
        daily.everyNight();
        var other =
                new Schedules(
                        daily.fixture.store,
                        (_, _, _, _) -> {},
                        dev.slipway.backend.http.WireJson.mapper(),
                        new Tasks(List.of()),
                        daily.clock);
        assertThat(other.service().one(NAME).problem()).contains("knows no task 'test.effect'");
        daily.clock.set(Instant.parse("2026-11-24T02:00:00Z"));
        try (var lost = other.scheduler(() -> 0)) {
            lost.tick();
        }
        assertThat(daily.states()).containsExactly(FAILED);
    }
}
