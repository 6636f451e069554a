package dev.slipway.api.schedules;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A schedule's pause: what comes due in it is skipped.
///
/// @param until when it ends by itself, or null
public record SchedulePause(String by, Instant since, @Nullable Instant until, String reason) {}
