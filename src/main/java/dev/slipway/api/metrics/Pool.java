package dev.slipway.api.metrics;

/// The two sides that traffic is split between.
public enum Pool {
    LEGACY,
    NEW
}
