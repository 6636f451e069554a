package dev.slipway.backend.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.api.metrics.Pool;
import dev.slipway.api.metrics.Window;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class WindowsTest {
    private static final Instant START = Instant.parse("2026-11-22T03:00:00Z");

    private final Windows windows = new Windows(Windows.LENGTHS);

    /// Two hours of random traffic, with seconds in which nothing happened: at any moment each
    /// window says what a count over the raw values of its time says.
    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void eachWindowHoldsItsOwnTimeAndNothingElse(long seed) {
        var random = new Random(seed);
        List<Raw> all = new ArrayList<>();
        for (int second = 0; second < 7_200; second += 10) {
            for (Pool pool : Pool.values()) {
                for (String route : List.of("/products", "/orders")) {
                    if (random.nextInt(5) > 0) {
                        Raw raw = raw(pool, route, second, random);
                        all.add(raw);
                        windows.add(raw.sample(), raw.sample().decoded());
                    }
                }
            }
            windows.move();
            if (second % 1_210 == 0) {
                check(all);
            }
        }
        check(all);
    }

    private void check(List<Raw> all) {
        Instant to =
                all.stream()
                        .map(r -> r.from().plusMillis(r.millis()))
                        .max(Instant::compareTo)
                        .orElseThrow();
        for (Window window : windows.current(Windows.LENGTHS)) {
            List<Raw> inside =
                    all.stream()
                            .filter(r -> !r.from().isBefore(to.minus(window.window())))
                            .filter(r -> r.pool() == window.pool())
                            .filter(
                                    r ->
                                            window.route().equals("*")
                                                    || r.route().equals(window.route()))
                            .toList();
            assertThat(window.to()).isEqualTo(to);
            assertThat(window.latency().n()).isEqualTo(Raw.count(inside));
            assertThat(window.errors()).isEqualTo(Raw.count(inside));
            if (!inside.isEmpty()) {
                double p95 = Raw.percentile(inside, 95);
                assertThat(window.latency().p95()).isCloseTo(p95, within(p95 / 1_000));
            }
        }
    }

    @Test
    void aWindowSaysHowMuchOfItWasMeasured() {
        var random = new Random(1);
        for (int second = 0; second < 90; second += 10) {
            Raw raw = raw(Pool.NEW, "/products", second, random);
            windows.add(raw.sample(), raw.sample().decoded());
        }
        windows.move();

        assertThat(window(Duration.ofMinutes(1)).seconds()).isEqualTo(60);
        assertThat(window(Duration.ofMinutes(5)).seconds()).isEqualTo(90);
    }

    @Test
    void aRouterThatMakesUpRoutesFillsNoMemory() {
        var random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            Raw raw = raw(Pool.NEW, "/made-up/" + i, 0, random);
            windows.add(raw.sample(), raw.sample().decoded());
        }

        assertThat(windows.current(Windows.LENGTHS)).hasSizeLessThanOrEqualTo(802);
        assertThat(windows.requests(Duration.ofMinutes(1), Pool.NEW))
                .isEqualTo(window(Duration.ofMinutes(1)).latency().n());
    }

    private Window window(Duration length) {
        return windows.current(List.of(length)).stream()
                .filter(w -> w.route().equals("*"))
                .findFirst()
                .orElseThrow();
    }

    private static Raw raw(Pool pool, String route, int second, Random random) {
        long[] micros = random.longs(1 + random.nextInt(8), 100, 5_000_000).toArray();
        return new Raw(pool, route, START.plusSeconds(second), 10_000, micros);
    }
}
