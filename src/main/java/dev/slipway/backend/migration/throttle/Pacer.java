package dev.slipway.backend.migration.throttle;

import java.util.function.LongSupplier;

/// Keeps a run below so many rows a second: what was read must be paid off by time before more is
/// read. Guarded by its own lock.
public final class Pacer {
    private static final double NANOS = 1e9;
    private final LongSupplier nanos;
    private double debt;
    private long paidAt;

    /// @param nanos a clock as [System#nanoTime] is
    public Pacer(LongSupplier nanos) {
        this.nanos = nanos;
        this.paidAt = nanos.getAsLong();
    }

    /// How long until more may be read at this rate; how fast it was before is no matter.
    ///
    /// @param rowsPerSecond 0: any
    /// @return nanoseconds, 0 if more may be read now
    public synchronized long nanosToWait(int rowsPerSecond) {
        long now = nanos.getAsLong();
        debt = rowsPerSecond == 0 ? 0 : Math.max(0, debt - (now - paidAt) / NANOS * rowsPerSecond);
        paidAt = now;
        return debt <= 0 ? 0 : (long) Math.ceil(debt / rowsPerSecond * NANOS);
    }

    /// So many rows were read.
    public synchronized void read(long rows) {
        debt += rows;
    }
}
