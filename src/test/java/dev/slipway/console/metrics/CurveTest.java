package dev.slipway.console.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.metrics.Interval;
import dev.slipway.api.metrics.Latency;
import dev.slipway.api.metrics.Pool;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

class CurveTest {
    private static final Instant T0 = Instant.ofEpochMilli(1_000_000);

    @Test
    void aGapInTheDataIsAGapInTheLine() {
        var curve =
                Curve.of(
                        List.of(at(0, 10, 4), at(1, 10, 5), at(4, 10, 6)),
                        Pool.NEW,
                        Curve.latency(i -> i.latency().p95()));

        assertThat(curve.times()).containsExactly(1_000_000, 1_005_000, 1_010_000, 1_020_000);
        assertThat(curve.values()).containsExactly(4, 5, Double.NaN, 6);
    }

    @Test
    void oneMissingIntervalIsNotYetAGap() {
        var curve =
                Curve.of(
                        List.of(at(0, 10, 4), at(2, 10, 5)),
                        Pool.NEW,
                        Curve.latency(i -> i.latency().p95()));

        assertThat(curve.values()).containsExactly(4, 5);
    }

    @Test
    void noRequestsHaveNoResponseTimeButAThroughputOfZero() {
        var none = List.of(at(0, 0, 0));

        assertThat(Curve.of(none, Pool.NEW, Curve.latency(i -> i.latency().p50())).values())
                .containsExactly(Double.NaN);
        assertThat(Curve.of(none, Pool.NEW, Curve.perSecond(i -> i.latency().n())).values())
                .containsExactly(0);
    }

    @Test
    void takesOnePoolAndCountsPerSecond() {
        var curve =
                Curve.of(List.of(at(0, 10, 4)), Pool.NEW, Curve.perSecond(i -> i.latency().n()));

        assertThat(curve.values()).containsExactly(2);
        assertThat(Curve.of(List.of(at(0, 10, 4)), Pool.LEGACY, i -> 1).values()).isEmpty();
    }

    private static Interval at(int index, long n, double p95) {
        return new Interval(
                T0.plusSeconds(5L * index),
                5_000,
                Pool.NEW,
                "*",
                new Latency(n, 1, p95, 9, 9),
                0,
                0,
                BigDecimal.ZERO,
                "EUR");
    }
}
