package dev.slipway.backend.migration.throttle;

import java.time.Duration;

/// How many rows a chunk of a step may hold just now: fewer after a read that took too long, slowly
/// more again after short ones. Guarded by its own lock.
public final class Bite {
    /// So few that fewer would not make a read shorter.
    static final int LEAST = 200;

    private static final double AIM = 0.8;
    private static final double GROWTH = 1.25;

    private final long longestNanos;
    private double share = Double.POSITIVE_INFINITY;

    /// @param longest a read may take
    public Bite(Duration longest) {
        this.longestNanos = longest.toNanos();
    }

    /// @param wanted rows that the plan or a person asks for
    public synchronized int rows(int wanted) {
        return (int) Math.max(Math.min(wanted, LEAST), Math.min(wanted, share));
    }

    /// A read is over.
    ///
    /// @param rows that it gave
    public synchronized void took(int rows, long nanos) {
        if (nanos > longestNanos) {
            double fitting = rows * AIM * longestNanos / nanos;
            share = Math.max(LEAST, Math.min(share, fitting));
        } else if (nanos < longestNanos / 2 && rows + 1 > share) {
            share *= GROWTH;
        }
    }
}
