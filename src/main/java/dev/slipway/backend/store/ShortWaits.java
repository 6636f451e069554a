package dev.slipway.backend.store;

import org.sqlite.BusyHandler;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Waits for another process's write, for one connection. That takes a millisecond, where SQLite's
/// own waits soon take a hundred.
final class ShortWaits extends BusyHandler {
    private static final long MOST_MICROS = 1_000;
    private static final long STEP_MICROS = 100;

    private final Duration patience;
    private long since;

    /// @param patience after which a statement fails with `SQLITE_BUSY`
    ShortWaits(Duration patience) {
        this.patience = patience;
    }

    /// @param before how often it was called before for the same statement
    /// @return 1 to try again, 0 to give up
    @Override
    protected int callback(int before) {
        if (before == 0) {
            since = System.nanoTime();
        } else if (System.nanoTime() - since > patience.toNanos()) {
            return 0;
        }
        long micros = Math.min(MOST_MICROS, (before + 1) * STEP_MICROS);
        // who is interrupted would not wait at all
        boolean interrupted = Thread.interrupted();
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return 1;
    }
}
