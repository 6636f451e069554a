package dev.slipway.backend.schedules;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/// Tells whether the clock can be believed. When it goes forward by more than the time that has
/// passed, it was set, or the machine slept: what seems due then waits until the clock has been
/// steady for a while, so that a clock that is put right at once starts nothing before its time.
final class Steadiness {
    /// A clock that is slewed or a garbage collection is no step.
    static final Duration STEP = Duration.ofSeconds(30);

    static final Duration SETTLING = Duration.ofMinutes(2);

    private final LongSupplier nanos;
    private @Nullable Instant lastSeen;
    private long lastNanos;
    private long steadySince;
    private boolean settling;

    /// @param nanos nanoseconds that no one sets, from any beginning
    Steadiness(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// @param now what the clock says
    /// @return whether what is due at that time may be started
    boolean steady(Instant now) {
        long at = nanos.getAsLong();
        if (lastSeen != null) {
            Duration passed = Duration.ofNanos(at - lastNanos);
            Duration ahead = Duration.between(lastSeen, now).minus(passed);
            if (ahead.compareTo(STEP) > 0) {
                settling = true;
                steadySince = at;
            } else if (ahead.compareTo(STEP.negated()) < 0) {
                // put back: what it said before was wrong, or this is; neither starts too much
                settling = false;
            }
        }
        lastSeen = now;
        lastNanos = at;
        settling = settling && at - steadySince < SETTLING.toNanos();
        return !settling;
    }
}
