package dev.slipway.backend.migration.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class PacerTest {
    private static final long SECOND = 1_000_000_000L;
    private long nanos;

    /// 100 chunks of 500 rows at 1,000 rows a second: half a second each.
    @Test
    void keepsTheRateWhateverTheChunks() {
        var pacer = new Pacer(() -> nanos);
        for (int chunk = 0; chunk < 100; chunk++) {
            nanos += pacer.nanosToWait(1_000);
            pacer.read(500);
        }
        assertThat(nanos).isBetween(99 * SECOND / 2, 99 * SECOND / 2 + SECOND / 1_000);
    }

    @Test
    void aNewRateHoldsAtOnceForWhatIsStillOwed() {
        var pacer = new Pacer(() -> nanos);
        pacer.read(5_000);
        nanos += SECOND;
        assertThat(pacer.nanosToWait(10))
                .as("5,000 rows but for the ten of the second that passed")
                .isEqualTo(499 * SECOND);
        nanos += SECOND;
        assertThat(pacer.nanosToWait(5_000)).as("4,990 rows at 5,000 a second").isZero();
        pacer.read(5_000);
        assertThat(pacer.nanosToWait(0)).as("no rate at all").isZero();
    }

    @Test
    void aLongReadMakesTheNextOnesSmallerAndShortOnesLetThemGrow() {
        var bite = new Bite(Duration.ofMillis(100));
        assertThat(bite.rows(5_000)).isEqualTo(5_000);
        bite.took(5_000, Duration.ofMillis(400).toNanos());
        // 5,000 rows in 400 ms: 1,000 in 80, which is eight tenths of the bound
        assertThat(bite.rows(5_000)).isEqualTo(1_000);
        bite.took(1_000, Duration.ofMillis(20).toNanos());
        assertThat(bite.rows(5_000)).isEqualTo(1_250);
        for (int i = 0; i < 20; i++) {
            bite.took(bite.rows(5_000), Duration.ofMillis(20).toNanos());
        }
        assertThat(bite.rows(5_000)).isEqualTo(5_000);
    }

    @Test
    void aReadNeverGetsSoSmallThatNothingMoves() {
        var bite = new Bite(Duration.ofMillis(10));
        bite.took(5_000, Duration.ofMinutes(5).toNanos());
        assertThat(bite.rows(5_000)).isEqualTo(200);
        assertThat(bite.rows(50)).as("what the plan wants smaller stays so").isEqualTo(50);
    }
}
