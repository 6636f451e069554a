package dev.slipway.backend.migration.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.migration.Waiting;
import dev.slipway.backend.migration.plan.Window;
import dev.slipway.backend.migration.throttle.Gate;
import dev.slipway.backend.migration.throttle.Pacer;

import org.junit.jupiter.api.Test;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

class GentleTest {
    private static final Instant NIGHT = Instant.parse("2026-03-04T23:00:00Z");
    private static final Instant DAY = Instant.parse("2026-03-05T11:00:00Z");
    private static final Window NIGHTS =
            new Window(
                    ZoneOffset.UTC,
                    List.of(new Window.Span(EnumSet.allOf(DayOfWeek.class), 22 * 60, 6 * 60)));

    private Instant now = NIGHT;
    private long millis;
    private Gate.Word word = new Gate.Word.Go();

    private int rate;

    private Gentle gentle(int rowsPerSecond) {
        rate = rowsPerSecond;
        var pacer = new Pacer(() -> TimeUnit.MILLISECONDS.toNanos(millis));
        return new Gentle(NIGHTS, () -> word, () -> rate, () -> now, pacer);
    }

    @Test
    void whileTheWindowIsClosedRowsAreComparedAndNoStepIsReadWhole() {
        Gentle gentle = gentle(0);
        assertThat(gentle.mayLook()).isTrue();
        assertThat(gentle.waits()).isEmpty();

        now = DAY;
        assertThat(gentle.mayLook()).isFalse();
        assertThat(gentle.waits())
                .contains("the window is closed")
                .contains("2026-03-05T22:00:00Z");
        assertThat(gentle.mayCompare()).isTrue();
        assertThat(gentle.waits()).isEmpty();
    }

    @Test
    void aBreachedCeilingHoldsBoth() {
        word = new Gate.Word.Wait(new Waiting("Threads_running 31 is above 20", NIGHT, null));
        Gentle gentle = gentle(0);

        assertThat(gentle.mayLook()).isFalse();
        assertThat(gentle.mayCompare()).isFalse();
        assertThat(gentle.waits()).isEqualTo("Threads_running 31 is above 20");

        word = new Gate.Word.Go();
        assertThat(gentle.mayLook()).isTrue();
    }

    @Test
    void whatWasReadIsPaidOffAtTheRate() {
        Gentle gentle = gentle(1_000);
        gentle.read(3_000);
        assertThat(gentle.mayLook()).isFalse();
        assertThat(gentle.waits()).as("that is no reason for a person").isEmpty();
        millis = 2_700;
        assertThat(gentle.mayCompare()).isFalse();
        millis = 2_800;
        assertThat(gentle.mayLook()).isTrue();
    }

    @Test
    void aRateThatIsChangedHoldsAtOnce() {
        Gentle gentle = gentle(1);
        gentle.read(3_000);
        assertThat(gentle.mayLook()).isFalse();
        rate = 100_000;
        assertThat(gentle.mayLook()).isTrue();
        gentle.read(100_000);
        rate = 10;
        assertThat(gentle.mayCompare()).isFalse();
        rate = 0;
        assertThat(gentle.mayCompare()).isTrue();
    }
}
