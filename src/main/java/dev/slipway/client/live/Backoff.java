package dev.slipway.client.live;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt to connect: doubling up to a bound, and never the same
/// for all clients of a backend that comes back.
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration MOST = Duration.ofSeconds(5);

    private final RandomGenerator random;
    private Duration next = FIRST;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    Duration next() {
        Duration full = next;
        next = full.multipliedBy(2).compareTo(MOST) > 0 ? MOST : full.multipliedBy(2);
        long half = full.toMillis() / 2;
        return Duration.ofMillis(half + random.nextLong(half + 1));
    }

    void reset() {
        next = FIRST;
    }
}
