package dev.slipway.api.schedules;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// The body of `POST /api/v1/schedules/{name}/pause`.
///
/// @param reason needed: others must know why nothing runs
/// @param until when it goes on by itself, or null
public record PauseSchedule(String reason, @Nullable Instant until) {}
