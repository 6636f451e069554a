package dev.slipway.backend.stream;

import dev.slipway.api.events.Change;

import java.util.List;

/// A feature's part of the snapshot: what a client must hold to show the feature as it stands.
@FunctionalInterface
public interface SnapshotSource {
    /// The latest of each thing, bounded. It may be newer than the snapshot's event id, never
    /// older.
    List<Change> snapshot();
}
