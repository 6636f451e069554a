package dev.slipway.api.events;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// One thing as it now stands, or its end. On the stream it is the `data` of an event named
/// `change`.
///
/// @param kind `Kind.wire()`
/// @param id names the thing among its kind
/// @param at when it came to stand so
/// @param value the thing, of the kind's type; null when it is gone
public record Change(String kind, String id, Instant at, @Nullable Object value) {}
