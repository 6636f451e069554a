package dev.slipway.api;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What became of a write whose answer may have got lost: `GET /api/v1/commands/{key}`. A key that
/// the server never saw is answered 404: nothing was done.
///
/// @param key the write's `Idempotency-Key`
/// @param action method and route template
/// @param at when it came
/// @param status the HTTP status that answered it, or null while that is not known
public record Command(
        String key, String action, CommandState state, Instant at, @Nullable Integer status) {}
