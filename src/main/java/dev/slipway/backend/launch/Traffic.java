package dev.slipway.backend.launch;

import java.util.OptionalDouble;

/// Where requests really went in the last minute.
///
/// @param legacy requests of the legacy pool
/// @param fresh requests of the new pool
public record Traffic(long legacy, long fresh) {
    /// Below this a share says nothing.
    static final long FEW = 30;

    long requests() {
        return legacy + fresh;
    }

    /// Share of the new pool, percent, to a tenth; empty with too few requests.
    OptionalDouble share() {
        return requests() < FEW
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.round(1_000.0 * fresh / requests()) / 10.0);
    }
}
