package dev.slipway.api.migration;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Why a run does not read just now, though nobody paused it. It goes on by itself.
///
/// @param reason for a person: `Threads_running 31 is above 20`
/// @param since when it began to wait
/// @param until when it goes on, or null if no one can know
public record Waiting(String reason, Instant since, @Nullable Instant until) {}
