package dev.slipway.backend.store;

import dev.slipway.api.events.Kind;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The log of what changed in the state database: written in the transaction that changes it, by
/// any process; the server tails it and feeds the live stream.
public interface Events {
    /// Appends one thing as it now stands.
    ///
    /// @param handle inside the transaction that changes the thing
    /// @param value of the kind's type, or null when the thing is gone
    void publish(Handle handle, Kind kind, String id, @Nullable Object value);
}
