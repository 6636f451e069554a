package dev.slipway.backend.migration.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.migration.Waiting;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class CeilingTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T22:00:00Z");
    private final Ceiling threads = new Ceiling("Threads_running", "", 20);
    private Instant now = BEGIN;

    @Test
    void waitsUntilItWasMeasuredOnceAndThenGoesAtOnce() {
        assertThat(reason()).isEqualTo("Threads_running is unknown: not measured yet");
        measured(20);
        assertThat(waits()).isFalse();
    }

    @Test
    void aFigureAboveStopsAtOnceAndTheReasonSaysSinceWhen() {
        measured(5);
        later(500);
        measured(31);
        Instant since = now;
        assertThat(reason()).isEqualTo("Threads_running 31 is above 20");
        later(500);
        measured(28);
        assertThat(reason()).isEqualTo("Threads_running 28 is above 20");
        assertThat(threads.waiting(now).map(Waiting::since)).hasValue(since);
    }

    /// 16 is 80 % of 20: at most that, for three seconds.
    @Test
    void goesOnOnlyWhenItWasWellBelowForAWhile() {
        measured(5);
        measured(21);
        for (int i = 0; i < 20; i++) {
            later(500);
            measured(17);
            assertThat(waits()).isTrue();
        }
        assertThat(reason())
                .isEqualTo(
                        "Threads_running 17 is to be at most 16 for 3 s before the run goes on; the"
                                + " ceiling is 20");
        for (int i = 0; i < 6; i++) {
            later(500);
            measured(16);
            assertThat(waits()).as("after %d ms", i * 500).isTrue();
        }
        later(500);
        measured(16);
        assertThat(waits()).isFalse();
        later(500);
        measured(20);
        assertThat(waits()).as("20 is not above 20").isFalse();
    }

    @Test
    void doesNotFlapWhereTheFigureJumps() {
        measured(5);
        int turns = 0;
        boolean before = waits();
        for (int i = 0; i < 200; i++) {
            later(500);
            measured(i % 4 == 0 ? 30 : 3);
            turns += before == waits() ? 0 : 1;
            before = waits();
        }
        assertThat(turns).isEqualTo(1);
    }

    @Test
    void whatIsUnknownIsNotFine() {
        measured(5);
        later(500);
        threads.unknown(now, "it could not be asked: refused");
        assertThat(reason())
                .isEqualTo("Threads_running is unknown: it could not be asked: refused");
        later(500);
        measured(19);
        assertThat(waits()).as("one answer does not make it calm").isTrue();
        for (int i = 0; i < 6; i++) {
            later(500);
            measured(19);
        }
        assertThat(waits()).isFalse();
    }

    @Test
    void aFigureOfAWhileAgoSaysNothing() {
        measured(5);
        later(1_999);
        assertThat(waits()).isFalse();
        later(5_000);
        assertThat(reason()).isEqualTo("Threads_running is unknown: not measured for 6 s");
    }

    private void measured(double figure) {
        threads.measured(now, figure);
    }

    private void later(long millis) {
        now = now.plus(Duration.ofMillis(millis));
    }

    private boolean waits() {
        return threads.waiting(now).isPresent();
    }

    private String reason() {
        return threads.waiting(now).map(Waiting::reason).orElse("");
    }
}
