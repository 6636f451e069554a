package dev.slipway.backend.migration.sync;

/// Is told how a sync goes.
public interface SyncListener {
    /// Tells no one.
    SyncListener NONE = _ -> {};

    /// How it stands; told about once a second, and whenever something begins or ends.
    void status(SyncStatus status);

    /// The run counts as validated: told when a session begins with one that does, and when one
    /// whose copy was red has been checked anew.
    default void validated() {}
}
