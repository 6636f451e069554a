package dev.slipway.backend.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.api.metrics.Pool;
import dev.slipway.api.metrics.Window;
import dev.slipway.backend.metrics.MetricsStore.Numbered;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The figures of 24 hours against counts over the raw values.
class DayIT {
    private static final Instant START = Instant.parse("2026-11-20T22:00:40Z");

    @TempDir Path folder;

    private final Random random = new Random(5);
    private final List<Raw> all = new ArrayList<>();
    private long seq;

    @Test
    void holdTheLastDayAndNothingElseAlsoAfterARestart() {
        try (var store = MetricsStore.at(folder)) {
            var metrics = new Metrics(store, _ -> {});
            assertThat(day(metrics)).isEmpty();
            // nothing was measured in the hour in the middle
            measure(metrics, 0, 10 * 3_600);
            measure(metrics, 11 * 3_600, 26 * 3_600);
            check(metrics);
        }
        try (var store = MetricsStore.at(folder)) {
            var metrics = new Metrics(store, _ -> {});
            metrics.load();
            check(metrics);
            measure(metrics, 26 * 3_600, 26 * 3_600 + 360);
            check(metrics);
        }
    }

    /// Each second's routes come in two answers, as when the edge's page ends between them.
    private void measure(Metrics metrics, int from, int to) {
        for (int second = from; second < to; second += 120) {
            for (String route : List.of("/products", "/orders")) {
                List<Numbered> answer = new ArrayList<>();
                for (Pool pool : Pool.values()) {
                    long[] micros = random.longs(1 + random.nextInt(4), 100, 5_000_000).toArray();
                    Raw raw = new Raw(pool, route, START.plusSeconds(second), 20_000, micros);
                    all.add(raw);
                    answer.add(new Numbered("e", ++seq, raw.sample()));
                }
                metrics.record(answer);
            }
        }
    }

    private void check(Metrics metrics) {
        List<Window> windows = day(metrics);
        assertThat(windows).hasSize(6);
        Instant last = all.getLast().from().plusMillis(all.getLast().millis());
        for (Window window : windows) {
            assertThat(Duration.between(window.to(), last)).isLessThan(Duration.ofSeconds(91));
            List<Raw> inside =
                    all.stream()
                            .filter(r -> minute(r.from()) >= minute(window.to()) - 24 * 60)
                            .filter(r -> minute(r.from()) < minute(window.to()))
                            .filter(r -> r.pool() == window.pool())
                            .filter(
                                    r ->
                                            window.route().equals("*")
                                                    || r.route().equals(window.route()))
                            .toList();
            assertThat(window.latency().n()).isEqualTo(Raw.count(inside)).isPositive();
            double p95 = Raw.percentile(inside, 95);
            assertThat(window.latency().p95()).isCloseTo(p95, within(p95 / 1_000));
            assertThat(window.seconds()).isEqualTo(23 * 30 * 20);
        }
    }

    private static long minute(Instant at) {
        return at.getEpochSecond() / 60;
    }

    private static List<Window> day(Metrics metrics) {
        return metrics.windows().stream().filter(w -> w.window().equals(Day.LENGTH)).toList();
    }
}
