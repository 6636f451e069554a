package dev.slipway.api.migration;

/// Where the sync of a run stands.
public enum SyncState {
    /// Waits for a worker.
    QUEUED,
    /// Reads every step whole once.
    LOOKING,
    /// Applies changes that came before now.
    CATCHING_UP,
    /// The target shows what the source is.
    CURRENT,
    /// A database does not answer; it is tried again.
    CUT_OFF,
    /// Asked to stop; stops at the end of the transaction in hand.
    STOPPING,
    /// Stopped by a person; can be started again where it was.
    STOPPED,
    /// Can't go on by itself; the reason says why and what to do.
    FAILED;

    /// Whether it will do nothing more by itself.
    public boolean ended() {
        return this == STOPPED || this == FAILED;
    }
}
