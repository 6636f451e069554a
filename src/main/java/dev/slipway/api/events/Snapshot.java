package dev.slipway.api.events;

import java.util.List;

/// Everything live at one moment, bounded: for a client that starts, or was told `reset`.
///
/// @param eventId resume the stream after this event
/// @param changes the latest of each kind; what a client holds of these kinds and is not here is
///   gone, except jobs, invoices, chunks, quarantined rows and audit entries, which are only the
///   latest of many
public record Snapshot(String eventId, List<Change> changes) {

    public Snapshot {
        changes = List.copyOf(changes);
    }
}
