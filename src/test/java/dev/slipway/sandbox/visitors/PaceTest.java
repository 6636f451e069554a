package dev.slipway.sandbox.visitors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.sandbox.visitors.Pace.Seen;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
    @ParameterizedTest
    @CsvSource({
        // answers, failed, elsewhere, p95, rate after 10
        "200, 0, 0, 2.4, 10",
        "200, 0, 0, 0.9, 11",
        "200, 0, 0, 7.0, 8",
        "200, 5, 0, 2.4, 8",
        "200, 1, 0, 0.9, 10",
        "39, 39, 0, 9.0, 10",
        "200, 0, 50, 0.2, 10",
        "0, 0, 500, 0.0, 10",
    })
    void fewerComeWhenLegacyBreaksMoreWhenItIsWell(
            long answers, long failed, long elsewhere, double p95, double rate) {
        assertThat(Pace.next(10, new Seen(answers, failed, elsewhere, p95)))
                .isCloseTo(rate, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void thereAreAlwaysSomeAndNeverTooMany() {
        assertThat(Pace.next(0.5, new Seen(100, 100, 0, 10))).isEqualTo(0.5);
        assertThat(Pace.next(100, new Seen(5_000, 0, 0, 0.01))).isEqualTo(100);
    }

    @Test
    void aLookCountsWhatWasSeenSinceTheLast() {
        var pace = new Pace();
        for (int i = 1; i <= 100; i++) {
            pace.answered(true, i > 3, i * 10_000L);
        }
        pace.answered(false, true, 50_000_000);
        Seen seen = pace.look();
        assertThat(seen.answers()).isEqualTo(100);
        assertThat(seen.failed()).isEqualTo(3);
        assertThat(seen.elsewhere()).isEqualTo(1);
        assertThat(seen.p95()).isBetween(0.94, 0.96);
        assertThat(pace.look()).isEqualTo(new Seen(0, 0, 0, 0));
    }
}
