package dev.slipway.backend.schedules;

import static dev.slipway.api.schedules.ScheduleRunState.MISSED;
import static dev.slipway.api.schedules.ScheduleRunState.SKIPPED;
import static dev.slipway.api.schedules.ScheduleRunState.STARTED;
import static dev.slipway.backend.schedules.OneSchedule.MONDAY;
import static dev.slipway.backend.schedules.SchedulesFixture.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.schedules.CatchUp;
import dev.slipway.api.schedules.Overlap;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.backend.http.Refused;
import dev.slipway.testing.States;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;

/// What people do to a schedule's runs: pause them, run them, skip them, take that back.
@ParameterizedClass
@EnumSource(States.class)
class RunsByPeopleIT {
    @AutoClose private final OneSchedule daily;

    RunsByPeopleIT(States states, @TempDir Path folder) {
        daily = new OneSchedule(states, folder);
    }

    @Test
    void whatComesDueInAPauseIsSkippedAlsoWhenNoBackendWasThere() {
        daily.everyNight();
        var until = Instant.parse("2026-11-25T12:00:00Z");
        daily.pause("the books are open", until);
        assertThat(daily.now().pause()).isNotNull();
        // down over two due times, the second after the pause's end
        daily.at("2026-11-26T08:00:00Z");
        assertThat(daily.states()).containsExactly(SKIPPED, SKIPPED, STARTED);
        assertThat(daily.runs().getFirst().reason())
                .isEqualTo("paused by olga: the books are open");
        assertThat(daily.now().pause()).isNull();
    }

    @Test
    void aPauseWithoutEndHoldsUntilSomeoneEndsIt() {
        daily.everyNight();
        daily.pause("stocktaking", null);
        daily.at("2026-11-24T02:00:00Z");
        daily.resume();
        daily.at("2026-11-25T02:00:00Z");
        assertThat(daily.states()).containsExactly(SKIPPED, STARTED);
        assertThatThrownBy(() -> daily.pause(" ", null)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> daily.pause("x", daily.clock.instant()))
                .isInstanceOf(Refused.class);
    }

    @Test
    void aPersonRunsADateOnceAndTheScheduleFindsItRun() {
        daily.everyNight();
        daily.clock.set(Instant.parse("2026-11-24T02:00:00Z"));
        ScheduleRun run = daily.runNow(MONDAY);
        assertThat(run.state()).isEqualTo(STARTED);
        assertThat(run.by()).isEqualTo("olga");
        assertThat(run.dueAt()).isEqualTo(Instant.parse("2026-11-24T02:00:00Z"));
        daily.at("2026-11-24T02:00:00Z");
        assertThatThrownBy(() -> daily.runNow(MONDAY)).hasMessageContaining("a date is run once");
        daily.end(MONDAY, "SUCCEEDED", null);
        daily.at("2026-11-24T02:01:00Z");
        assertThatThrownBy(() -> daily.runNow(MONDAY)).hasMessageContaining("has run already");
        assertThat(daily.jobs()).containsExactly("2026-11-23");
        assertThatThrownBy(() -> daily.runNow(LocalDate.of(2026, 11, 25)))
                .hasMessageContaining("still to come");
    }

    /// Monday is not over at noon: what is run then would lack its second half, and for good.
    @Test
    void aDateWhoseTimeIsToComeIsRefusedAndRunsByItself() {
        daily.everyNight();
        assertThatThrownBy(() -> daily.runNow(MONDAY))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("still to come, 2026-11-24 at 02:00 UTC")
                .hasMessageContaining("runs by itself");
        daily.skip(MONDAY, "");
        assertThatThrownBy(() -> daily.runNow(MONDAY)).hasMessageContaining("still to come");
        daily.unskip(MONDAY);
        daily.at("2026-11-24T02:00:00Z");
        assertThat(daily.states()).containsExactly(STARTED);
        assertThat(daily.runs().getFirst().by()).isNull();
    }

    @Test
    void whatWasMissedSkippedOrFailedMayBeRunByAPerson() {
        daily.add(spec("0 2 * * *", "UTC", CatchUp.NONE, 60, Overlap.ALLOW));
        daily.at("2026-11-24T08:00:00Z");
        assertThat(daily.states()).containsExactly(MISSED);
        daily.runNow(MONDAY);
        assertThat(daily.states()).containsExactly(STARTED);
        daily.end(MONDAY, "DEAD", "no paper");
        daily.at("2026-11-24T09:00:00Z");
        daily.runNow(MONDAY);
        assertThat(daily.states()).containsExactly(STARTED);
    }

    @Test
    void aSkippedDateIsSkippedWhateverBecomesOfTheTimeAndMayBeTakenBack() {
        daily.everyNight();
        LocalDate next = daily.now().next().getFirst().businessDate();
        daily.skip(next, "holiday");
        assertThat(daily.now().next().getFirst().state()).isEqualTo(SKIPPED);
        assertThatThrownBy(() -> daily.skip(next, "")).hasMessageContaining("SKIPPED already");
        daily.change(spec("0 4 * * *", "UTC"));
        daily.at("2026-11-24T04:00:00Z");
        assertThat(daily.states()).containsExactly(SKIPPED);
        assertThatThrownBy(() -> daily.unskip(next))
                .hasMessageContaining("No run of 2026-11-23 is to come");

        LocalDate tomorrow = next.plusDays(1);
        daily.skip(tomorrow, "");
        daily.unskip(tomorrow);
        daily.at("2026-11-25T04:00:00Z");
        assertThat(daily.states()).containsExactly(SKIPPED, STARTED);
    }
}
