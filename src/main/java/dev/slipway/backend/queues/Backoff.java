package dev.slipway.backend.queues;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Exponential backoff with full jitter: any wait between nothing and the limit, so that a thousand
/// jobs that failed together do not come back together.
final class Backoff {
    private static final int MOST_DOUBLINGS = 30;

    private final Duration first;
    private final Duration most;
    private final RandomGenerator random;

    Backoff(Duration first, Duration most, RandomGenerator random) {
        this.first = first;
        this.most = most;
        this.random = random;
    }

    /// How long to wait after an attempt failed.
    ///
    /// @param attempt the attempt that failed, from 1
    Duration after(int attempt) {
        return Duration.ofMillis(random.nextLong(limit(attempt).toMillis() + 1));
    }

    /// The longest that [#after] gives.
    Duration limit(int attempt) {
        int doublings = Math.clamp(attempt - 1L, 0, MOST_DOUBLINGS);
        Duration doubled = first.multipliedBy(1L << doublings);
        return doubled.compareTo(most) < 0 ? doubled : most;
    }
}
