package dev.slipway.api.schedules;

/// What becomes of a run that comes due while an earlier one of its schedule still runs.
public enum Overlap {
    /// It waits for the earlier one.
    WAIT,
    /// It is skipped.
    SKIP,
    /// It runs beside it.
    ALLOW
}
