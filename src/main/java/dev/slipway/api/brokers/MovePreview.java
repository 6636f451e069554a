package dev.slipway.api.brokers;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What a move would do, by what lies at the queue's head now.
///
/// @param messages how many it would go through; null if the queue's depth is not known
/// @param looked how many of them were looked at
/// @param destinations of those, the most frequent first
/// @param staying how many of those looked at can't be moved
/// @param seconds about how long it would take at the rate asked for; null if not known
public record MovePreview(
        @Nullable Long messages,
        int looked,
        List<Destination> destinations,
        int staying,
        @Nullable Long seconds) {

    public MovePreview {
        destinations = List.copyOf(destinations);
    }

    /// Where messages would go.
    ///
    /// @param to for a person: `queue orders` or `exchange shop, key order.new`
    /// @param problem why they would stay instead; empty if they would go
    public record Destination(String to, int messages, String problem) {}
}
