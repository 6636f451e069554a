package dev.slipway.sandbox.edge;

import java.util.Locale;

/// The two sides that visitors are split between.
public enum Pool {
    LEGACY,
    NEW;

    /// As it is written on the wire.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
