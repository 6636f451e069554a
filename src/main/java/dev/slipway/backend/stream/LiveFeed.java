package dev.slipway.backend.stream;

import dev.slipway.api.events.Change;

/// Takes changes that go to whoever listens at this moment and stand in no log: metrics, which a
/// client that was away asks for by time.
@FunctionalInterface
public interface LiveFeed {
    /// Sends a change to every listener; never blocks.
    void push(Change change);
}
