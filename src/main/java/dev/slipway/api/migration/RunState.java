package dev.slipway.api.migration;

/// Where a migration run stands.
public enum RunState {
    /// Waits for a worker.
    QUEUED,
    RUNNING,
    /// Asked to pause; stops at the next chunk's end.
    PAUSING,
    PAUSED,
    /// Asked to cancel; stops at the next chunk's end.
    CANCELLING,
    CANCELLED,
    /// Stopped by an error; can be resumed.
    FAILED,
    /// Everything copied, but a validation is red.
    INVALID,
    /// Everything copied and every validation green.
    VALIDATED;

    /// Whether it will do nothing more by itself.
    public boolean ended() {
        return this == CANCELLED || this == INVALID || this == VALIDATED;
    }
}
