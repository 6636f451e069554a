package dev.slipway.backend.metrics;

import dev.slipway.api.metrics.Pool;
import dev.slipway.api.metrics.Window;

import org.HdrHistogram.Histogram;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/// The last hour in memory: for each pool and route, and for all routes of a pool, the windows that
/// people look at. A window ends with the latest interval that was measured, not with the wall
/// clock: when the edge is away the figures stand still and their age shows it.
///
/// Guarded by its own lock.
final class Windows {
    /// The windows that end with the latest interval, the shortest first; see [Day] for a longer
    /// one.
    static final List<Duration> LENGTHS =
            List.of(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofHours(1));

    /// Routes of a pool that are told apart; a router that makes up routes can't fill the memory.
    static final int MOST_ROUTES = 100;

    private final SortedMap<Key, RollingWindow> windows =
            new TreeMap<>(
                    Comparator.comparing(Key::length)
                            .thenComparing(Key::pool)
                            .thenComparing(Key::route));

    private final List<Duration> lengths;

    /// Length of each measured interval, by its start in milliseconds.
    private final NavigableMap<Long, Long> measured = new TreeMap<>();

    private Instant to = Instant.EPOCH;

    private record Key(Duration length, Pool pool, String route) {}

    /// @param lengths the shortest first
    Windows(List<Duration> lengths) {
        this.lengths = List.copyOf(lengths);
    }

    /// Adds a sample; one that is older than the longest window is left out.
    synchronized void add(Sample sample, Histogram decoded) {
        to = sample.end().isAfter(to) ? sample.end() : to;
        measured.merge(sample.from().toEpochMilli(), sample.millis(), Math::max);
        for (Duration length : lengths) {
            if (!sample.from().isBefore(to.minus(length))) {
                window(length, sample.pool(), Sample.ALL).add(sample, decoded);
                if (known(length, sample)) {
                    window(length, sample.pool(), sample.route()).add(sample, decoded);
                }
            }
        }
    }

    /// Moves the end of all windows to a moment; there may be nothing measured just before it.
    synchronized void moveTo(Instant end) {
        to = end.isAfter(to) ? end : to;
        move();
    }

    /// Moves the end of all windows to the latest interval.
    synchronized void move() {
        windows.forEach((key, window) -> window.startAt(to.minus(key.length)));
        measured.headMap(to.minus(lengths.getLast()).toEpochMilli()).clear();
    }

    /// The windows of some lengths as they stand.
    synchronized List<Window> current(List<Duration> wanted) {
        List<Window> current = new ArrayList<>();
        windows.forEach(
                (key, window) -> {
                    if (wanted.contains(key.length)) {
                        current.add(window(key, window.merged()));
                    }
                });
        return current;
    }

    /// Requests of a pool in a window.
    synchronized long requests(Duration length, Pool pool) {
        RollingWindow window = windows.get(new Key(length, pool, Sample.ALL));
        return window == null ? 0 : window.merged().requests();
    }

    /// When the latest measured interval ended.
    synchronized Instant to() {
        return to;
    }

    private boolean known(Duration length, Sample sample) {
        return windows.containsKey(new Key(length, sample.pool(), sample.route()))
                || windows.size() < MOST_ROUTES * lengths.size() * Pool.values().length;
    }

    private RollingWindow window(Duration length, Pool pool, String route) {
        return windows.computeIfAbsent(new Key(length, pool, route), _ -> new RollingWindow());
    }

    private Window window(Key key, Merged merged) {
        return new Window(
                key.length,
                to,
                seconds(key.length),
                key.pool,
                key.route,
                merged.latency(),
                merged.errors(),
                merged.orders(),
                merged.orderValue(),
                merged.currency());
    }

    private double seconds(Duration length) {
        long millis =
                measured.tailMap(to.minus(length).toEpochMilli()).values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
        return Math.min(millis, length.toMillis()) / 1_000.0;
    }
}
