package dev.slipway.backend.metrics;

import dev.slipway.api.metrics.Window;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The figures of the last 24 hours. They are summed up from whole minutes as they stand in the
/// store, not from single intervals, of which a day has too many to be kept in memory; so they end
/// with the last minute that nothing is added to any more.
final class Day {
    static final Duration LENGTH = Duration.ofHours(24);

    private static final Duration MINUTE = Buckets.LEVELS.getFirst();

    /// How long a minute that has ended may still get further intervals.
    private static final Duration LATE = Duration.ofSeconds(30);

    /// Its figures end less than this before the latest interval.
    static final Duration BEHIND = MINUTE.plus(LATE);

    private final MetricsStore store;
    private final Windows windows = new Windows(List.of(LENGTH));

    /// Start of the first minute that is not summed up yet.
    private Instant next = Instant.EPOCH;

    Day(MetricsStore store) {
        this.store = store;
    }

    /// Takes up the minutes that have ended.
    ///
    /// @param to when the latest interval ended
    /// @return whether the figures have changed
    synchronized boolean follow(Instant to) {
        Instant until = Buckets.floor(to.minus(LATE), MINUTE);
        Instant start = until.minus(LENGTH);
        Instant from = next.isBefore(start) ? start : next;
        if (!from.isBefore(until)) {
            return false;
        }
        for (Sample sample : store.buckets(MINUTE, from, until)) {
            windows.add(sample, sample.decoded());
        }
        windows.moveTo(until);
        next = until;
        return true;
    }

    List<Window> current() {
        return windows.current(List.of(LENGTH));
    }
}
