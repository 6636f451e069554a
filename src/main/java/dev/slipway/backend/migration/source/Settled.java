package dev.slipway.backend.migration.source;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/// Takes it that what stood in a log two seconds ago is to be seen by now, for servers that do not
/// say so: MySQL tells a transaction to its replicas a moment before everyone sees it.
final class Settled {
    static final Duration AFTER = Duration.ofSeconds(2);
    private static final Duration APART = Duration.ofMillis(50);

    private final LongSupplier nanos;
    private final Deque<Stood> later = new ArrayDeque<>();
    private @Nullable Position settled;

    /// Where the log stood.
    private record Stood(long nanos, Position end) {}

    /// @param nanos a clock as [System#nanoTime] is
    Settled(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// @param end where the log stands now
    /// @return up to where it is to be seen; asked for the first time, `end`: nothing older is
    ///   known
    Position settle(Position end) {
        long now = nanos.getAsLong();
        if (later.isEmpty() || now - later.getLast().nanos() >= APART.toNanos()) {
            later.add(new Stood(now, end));
        }
        Position known = settled == null ? end : settled;
        while (!later.isEmpty() && now - later.getFirst().nanos() >= AFTER.toNanos()) {
            known = later.removeFirst().end();
        }
        settled = known;
        return known;
    }
}
