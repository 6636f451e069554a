package dev.slipway.api;

import java.time.Instant;

/// What `GET /api/v1/health` says to anyone, without a token.
///
/// @param environment the name of the environment, shown on every window
/// @param colour the environment's colour, `#rrggbb`
/// @param production dangerous acts in production need the environment's name typed
/// @param epoch changes when the event log was begun anew; a client that knows another epoch takes
///   a snapshot
/// @param heartbeat seconds between two heartbeats on the stream
public record Health(
        boolean ok,
        String version,
        String environment,
        String colour,
        boolean production,
        String epoch,
        int heartbeat,
        Instant startedAt,
        Instant now) {}
