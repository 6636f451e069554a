package dev.slipway.api.migration;

/// Where a row that was refused stands.
public enum QuarantineState {
    /// Someone has to decide.
    OPEN,
    /// Left behind on purpose.
    ACCEPTED,
    /// Accounted for in the target: written, merged into another row, or left out by a changed
    /// plan.
    RESOLVED
}
