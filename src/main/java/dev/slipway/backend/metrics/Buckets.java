package dev.slipway.backend.metrics;

import dev.slipway.api.metrics.Pool;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/// Merges intervals into whole buckets as soon as a bucket has been measured to its end. One that a
/// late interval falls into is merged again.
final class Buckets {
    /// The lengths that are kept ready, the longest first; each divides the one before.
    static final List<Duration> LEVELS = List.of(Duration.ofMinutes(1), Duration.ofSeconds(10));

    private final MetricsStore store;
    private final Map<Duration, NavigableSet<Instant>> open = new HashMap<>();

    Buckets(MetricsStore store) {
        this.store = store;
        LEVELS.forEach(level -> open.put(level, new TreeSet<>()));
    }

    private record Series(Pool pool, String route) {}

    /// Something was measured that began then.
    void touch(Instant from) {
        open.forEach((level, starts) -> starts.add(floor(from, level)));
    }

    /// The time before which all buckets of all lengths have been written.
    Instant mergedUntil() {
        return LEVELS.stream()
                .map(level -> store.lastBucket(level).orElse(Instant.EPOCH))
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /// Writes the buckets that ended by `to`.
    void close(Instant to) {
        open.forEach(
                (level, starts) -> {
                    while (!starts.isEmpty() && !starts.first().plus(level).isAfter(to)) {
                        Instant start = starts.first();
                        List<Sample> intervals = store.intervals(start, start.plus(level));
                        store.bucket(level, start, merged(start, intervals));
                        starts.remove(start);
                    }
                });
    }

    /// One row for each pool and route, and one for all routes of each pool.
    static List<Sample> merged(Instant start, List<Sample> samples) {
        Map<Series, Merged> sums = new HashMap<>();
        for (Sample sample : samples) {
            var decoded = sample.decoded();
            sum(sums, sample.pool(), sample.route()).add(sample, decoded);
            sum(sums, sample.pool(), Sample.ALL).add(sample, decoded);
        }
        long millis = measured(samples);
        List<Sample> merged = new ArrayList<>();
        sums.forEach((series, sum) -> merged.add(sample(series, start, millis, sum)));
        return merged;
    }

    private static Merged sum(Map<Series, Merged> sums, Pool pool, String route) {
        return sums.computeIfAbsent(new Series(pool, route), _ -> new Merged());
    }

    private static Sample sample(Series series, Instant start, long millis, Merged sum) {
        return new Sample(
                series.pool,
                series.route,
                start,
                millis,
                sum.encoded(),
                sum.errors(),
                sum.orders(),
                sum.orderValue(),
                sum.currency());
    }

    /// How much time samples cover, whichever pools and routes they are of.
    static long measured(List<Sample> samples) {
        Map<Instant, Long> lengths = new HashMap<>();
        samples.forEach(sample -> lengths.merge(sample.from(), sample.millis(), Math::max));
        return lengths.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Whether intervals can be merged to a length.
    static boolean canMergeTo(Duration every) {
        return every.isPositive()
                && every.compareTo(Metrics.KEPT) <= 0
                && every.getNano() == 0
                && every.toSeconds() % LEVELS.getLast().toSeconds() == 0;
    }

    /// The longest kept length that a length is made of.
    static Duration level(Duration every) {
        return LEVELS.stream()
                .filter(level -> every.toMillis() % level.toMillis() == 0)
                .findFirst()
                .orElseThrow();
    }

    static Instant floor(Instant at, Duration level) {
        long millis = at.toEpochMilli();
        return Instant.ofEpochMilli(millis - Math.floorMod(millis, level.toMillis()));
    }
}
