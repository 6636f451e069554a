package dev.slipway.api.schedules;

/// Why a run was started.
public enum RunCause {
    /// It was due.
    SCHEDULED,
    /// It was due while no backend was up, and is caught up on.
    CATCH_UP,
    /// A person asked for it.
    MANUAL
}
