package dev.slipway.backend.brokers;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Lets so many messages pass in a second, and ends within a fraction of one when it is told to.
final class Pace {
    private static final int MOST_AT_ONCE = 50;
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(100);

    private final int perSecond;
    private final BooleanSupplier stopping;
    private long next = System.nanoTime();

    /// @param perSecond at least 1
    /// @param stopping asked before each batch and while it is waited for
    Pace(int perSecond, BooleanSupplier stopping) {
        this.perSecond = perSecond;
        this.stopping = stopping;
    }

    /// How many messages go together: never more than a second's.
    int atOnce() {
        return Math.min(MOST_AT_ONCE, perSecond);
    }

    /// Waits until the next batch is due. Nothing is to be held meanwhile.
    ///
    /// @return false if it is to stop
    boolean await() throws InterruptedException {
        long wait = next - System.nanoTime();
        while (wait > 0 && !stopping.getAsBoolean()) {
            LockSupport.parkNanos(Math.min(wait, STEP));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            wait = next - System.nanoTime();
        }
        return !stopping.getAsBoolean();
    }

    /// Takes note of a batch that passes now.
    void passed(int messages) {
        next = System.nanoTime() + TimeUnit.SECONDS.toNanos(1) * messages / perSecond;
    }
}
