package dev.slipway.backend.queues;

import dev.slipway.backend.queues.Claims.Head;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// When a worker that a broker feeds looks for a job itself. Messages of all queues come in the
/// order in which their jobs came due, so that a long queue would starve another: while jobs of
/// several queues wait, one turn in four is that of the queues in turn.
final class FairShare {
    private static final int EVERY = 4;

    /// So often it is looked whether several queues wait, where there was one.
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicLong nextLook = new AtomicLong(System.nanoTime());
    private volatile boolean several;

    /// Whether this is a turn to look.
    boolean isTurn() {
        if (several) {
            return turn.getAndIncrement() % EVERY == 0;
        }
        long now = System.nanoTime();
        long next = nextLook.get();
        return now - next >= 0 && nextLook.compareAndSet(next, now + LOOK.toNanos());
    }

    /// Keeps what was seen.
    ///
    /// @return whether jobs of several queues wait
    boolean seen(List<Head> heads) {
        several = heads.stream().map(Head::queue).distinct().limit(2).count() > 1;
        return several;
    }
}
