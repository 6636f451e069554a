package dev.slipway.backend.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.api.metrics.Latency;
import dev.slipway.api.metrics.Pool;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

class MergedTest {
    private static final Instant START = Instant.parse("2026-11-22T03:00:00Z");

    /// Three significant digits: a thousandth.
    private static final double DIGITS = 0.001;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void percentilesAreThoseOfAllValuesTogether(long seed) {
        var random = new Random(seed);
        List<Raw> parts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            parts.add(raw(i, lognormal(random, random.nextInt(400))));
        }

        Latency latency = merged(parts).latency();

        assertThat(latency.n()).isEqualTo(Raw.count(parts));
        assertClose(latency.p50(), Raw.percentile(parts, 50));
        assertClose(latency.p95(), Raw.percentile(parts, 95));
        assertClose(latency.p99(), Raw.percentile(parts, 99));
        assertClose(latency.max(), Raw.percentile(parts, 100));
    }

    /// A quiet second with one slow answer beside a busy second with a thousand fast ones: the
    /// average of the two p95 says 505 ms, and 95 of 100 visitors waited no longer than 10 ms.
    @Test
    void mergingIsNotAveraging() {
        Raw quiet = raw(0, new long[] {1_000_000});
        long[] fast = new long[1_000];
        Arrays.fill(fast, 10_000);
        Raw busy = raw(1, fast);
        double averaged =
                (merged(List.of(quiet)).latency().p95() + merged(List.of(busy)).latency().p95())
                        / 2;

        double merged = merged(List.of(quiet, busy)).latency().p95();

        assertThat(averaged).isCloseTo(505, within(1.0));
        assertClose(merged, 10);
    }

    @Test
    void whatIsTakenOutLeavesNoTrace() {
        var random = new Random(3);
        List<Raw> stay = List.of(raw(0, lognormal(random, 500)), raw(1, lognormal(random, 50)));
        List<Raw> go = List.of(raw(2, new long[] {60_000_000}), raw(3, lognormal(random, 900)));
        var merged = new Merged();
        List<Raw> all = new ArrayList<>(go);
        all.addAll(stay);
        all.forEach(raw -> merged.add(raw.sample(), raw.sample().decoded()));
        go.forEach(raw -> merged.remove(raw.sample(), raw.sample().decoded()));

        assertThat(merged.latency()).isEqualTo(merged(stay).latency());
        assertThat(merged.errors()).isEqualTo(550);
        assertThat(merged.orderValue()).isEqualByComparingTo(new BigDecimal("5494.50"));
    }

    @Test
    void nothingIsNone() {
        assertThat(new Merged().latency()).isEqualTo(Latency.NONE);
    }

    private static Merged merged(List<Raw> parts) {
        var merged = new Merged();
        parts.forEach(raw -> merged.add(raw.sample(), raw.sample().decoded()));
        return merged;
    }

    private static Raw raw(int second, long[] micros) {
        return new Raw(Pool.LEGACY, "/products", START.plusSeconds(second), 1_000, micros);
    }

    private static long[] lognormal(Random random, int n) {
        return LongStream.generate(() -> (long) Math.exp(11 + 1.5 * random.nextGaussian()) + 1)
                .limit(n)
                .toArray();
    }

    private static void assertClose(double figure, double exact) {
        assertThat(figure).isCloseTo(exact, within(exact * DIGITS + DIGITS));
    }
}
