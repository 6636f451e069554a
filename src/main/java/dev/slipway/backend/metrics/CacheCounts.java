package dev.slipway.backend.metrics;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/// What one shop process counted of its cache at several times, to say what it did in the last
/// minute. A process that was started anew counts from 0, and so does this.
final class CacheCounts {
    private static final Duration SPAN = Duration.ofMinutes(1);

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(Instant at, long hits, long misses, long loads) {}

    void add(Instant at, long hits, long misses, long loads) {
        Sample last = samples.peekLast();
        if (last != null && (hits < last.hits || misses < last.misses || loads < last.loads)) {
            samples.clear();
        }
        samples.addLast(new Sample(at, hits, misses, loads));
        while (samples.size() > 2 && !second().at.isAfter(at.minus(SPAN))) {
            samples.removeFirst();
        }
    }

    private Sample second() {
        var each = samples.iterator();
        each.next();
        return each.next();
    }

    /// Questions of the last minute; null while it was looked at once only.
    @Nullable Long asked() {
        return samples.size() < 2 ? null : Long.valueOf(hits() + misses());
    }

    @Nullable Long loads() {
        return samples.size() < 2
                ? null
                : Long.valueOf(samples.getLast().loads - samples.getFirst().loads);
    }

    /// Null if nothing was asked.
    @Nullable Double hitRatio() {
        Long asked = asked();
        return asked == null || asked == 0 ? null : (double) hits() / asked;
    }

    private long hits() {
        return samples.getLast().hits - samples.getFirst().hits;
    }

    private long misses() {
        return samples.getLast().misses - samples.getFirst().misses;
    }
}
