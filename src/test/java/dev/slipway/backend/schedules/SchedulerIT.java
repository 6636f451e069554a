package dev.slipway.backend.schedules;

import static dev.slipway.api.schedules.ScheduleRunState.DONE;
import static dev.slipway.api.schedules.ScheduleRunState.FAILED;
import static dev.slipway.api.schedules.ScheduleRunState.SKIPPED;
import static dev.slipway.api.schedules.ScheduleRunState.STARTED;
import static dev.slipway.api.schedules.ScheduleRunState.WAITING;
import static dev.slipway.backend.schedules.OneSchedule.MONDAY;
import static dev.slipway.backend.schedules.SchedulesFixture.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.schedules.CatchUp;
import dev.slipway.api.schedules.Overlap;
import dev.slipway.api.schedules.RunCause;
import dev.slipway.api.schedules.ScheduleRunState;
import dev.slipway.testing.States;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// What becomes of due times: caught up on, missed, skipped, waiting, ended.
@ParameterizedClass
@EnumSource(States.class)
class SchedulerIT {
    @AutoClose private final OneSchedule daily;

    SchedulerIT(States states, @TempDir Path folder) {
        daily = new OneSchedule(states, folder);
    }

    @ParameterizedTest
    @CsvSource({
        "ALL,    STARTED STARTED STARTED",
        "LATEST, MISSED MISSED STARTED",
        "NONE,   MISSED MISSED MISSED"
    })
    void catchesUpAfterThreeDaysAsItsPolicySays(CatchUp catchUp, String states) {
        daily.add(spec("0 2 * * *", "UTC", catchUp, 60, Overlap.ALLOW));
        daily.at("2026-11-26T08:00:00Z");
        assertThat(daily.states()).isEqualTo(states(states));
        assertThat(daily.runs())
                .allSatisfy(
                        run ->
                                assertThat(run.cause())
                                        .isEqualTo(
                                                run.state() == STARTED
                                                        ? RunCause.CATCH_UP
                                                        : RunCause.SCHEDULED));
        assertThat(daily.jobs()).hasSize((int) daily.count(STARTED));
        // and it goes on as if nothing had been
        daily.at("2026-11-27T02:00:00Z");
        assertThat(daily.runs().getLast().state()).isEqualTo(STARTED);
        assertThat(daily.runs().getLast().cause()).isEqualTo(RunCause.SCHEDULED);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-24T03:00:00Z, STARTED", "2026-11-24T03:00:01Z, MISSED"})
    void withinItsGraceARunIsLateAndNotMissed(Instant now, ScheduleRunState state) {
        daily.add(spec("0 2 * * *", "UTC", CatchUp.NONE, 60, Overlap.ALLOW));
        daily.clock.set(now);
        daily.tick();
        assertThat(daily.states()).containsExactly(state);
    }

    @Test
    void waitsForTheRunBeforeIt() {
        daily.add(spec("0 2 * * *", "UTC", CatchUp.ALL, 60, Overlap.WAIT));
        daily.at("2026-11-24T02:00:00Z");
        daily.at("2026-11-25T02:00:00Z");
        daily.at("2026-11-26T02:00:00Z");
        assertThat(daily.states()).containsExactly(STARTED, WAITING, WAITING);
        assertThat(daily.jobs()).containsExactly("2026-11-23");

        daily.end(MONDAY, "SUCCEEDED", null);
        daily.at("2026-11-26T02:10:00Z");
        assertThat(daily.states()).containsExactly(DONE, STARTED, WAITING);
        assertThat(daily.runs().get(1).startedAt()).isEqualTo(daily.clock.instant());
        daily.end(MONDAY.plusDays(1), "DEAD", "out of paper");
        daily.at("2026-11-26T02:20:00Z");
        assertThat(daily.states()).containsExactly(DONE, FAILED, STARTED);
        assertThat(daily.runs().get(1).reason()).isEqualTo("out of paper");
    }

    @Test
    void skipsWhatComesDueWhileTheRunBeforeIsOn() {
        daily.add(spec("0 2 * * *", "UTC", CatchUp.ALL, 60, Overlap.SKIP));
        daily.at("2026-11-24T02:00:00Z");
        daily.at("2026-11-25T02:00:00Z");
        assertThat(daily.states()).containsExactly(STARTED, SKIPPED);
        assertThat(daily.runs().getLast().reason()).contains("still on");
    }

    @Test
    void aJobThatIsRaisedFromTheDeadRaisesItsRun() {
        daily.everyNight();
        daily.at("2026-11-24T02:00:00Z");
        daily.end(MONDAY, "DEAD", "no paper");
        daily.at("2026-11-24T02:01:00Z");
        assertThat(daily.states()).containsExactly(FAILED);
        daily.end(MONDAY, "SUCCEEDED", null);
        daily.at("2026-11-24T02:02:00Z");
        assertThat(daily.states()).containsExactly(DONE);
        assertThat(daily.runs().getFirst().reason()).isEmpty();
    }

    private static List<ScheduleRunState> states(String words) {
        return List.of(words.split(" ")).stream().map(ScheduleRunState::valueOf).toList();
    }
}
