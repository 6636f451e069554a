package dev.slipway.backend.migration.sync;

import dev.slipway.backend.migration.source.Position;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// Changes in the order of the source's log.
///
/// @param position up to where they reach; null in the midst of a transaction: then the log must be
///   read again from the last position
/// @param sourceTime when the last of them was made, by the source's clock
/// @param waiting how many more are known
record Changes(
        List<Change> changes, @Nullable Position position, Instant sourceTime, long waiting) {
    Changes {
        changes = List.copyOf(changes);
    }
}
