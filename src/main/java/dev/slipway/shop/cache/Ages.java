package dev.slipway.shop.cache;

import java.time.Duration;

/// How old an answer may be.
///
/// @param fresh until then it is given as it is
/// @param stale for so long afterwards it is given while a new one is made
public record Ages(Duration fresh, Duration stale) {
    /// @throws IllegalArgumentException if `fresh` is not positive or `stale` is negative
    public Ages {
        if (!fresh.isPositive() || stale.isNegative()) {
            throw new IllegalArgumentException("no ages of an answer: " + fresh + ", " + stale);
        }
    }

    /// Then it is gone.
    Duration total() {
        return fresh.plus(stale);
    }
}
