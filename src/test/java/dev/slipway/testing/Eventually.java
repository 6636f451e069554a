package dev.slipway.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// Waits for something that another thread or process will do, never for ever.
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Eventually() {}

    /// @throws AssertionError if it has not become true after a minute
    public static void eventually(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still not so after " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    /// Waits for a number that grows, however long it takes as long as it goes on.
    ///
    /// @throws AssertionError if it has not become greater for a minute
    public static void grows(String what, LongSupplier number, long to) {
        for (long now = number.getAsLong(); now < to; now = number.getAsLong()) {
            long before = now;
            eventually(what + ": " + before + " of " + to, () -> number.getAsLong() > before);
        }
    }
}
