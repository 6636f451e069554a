package dev.slipway.api.queues;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// The body of a command that pauses something.
///
/// @param reason why; not empty
/// @param until when it goes on by itself, in the future; null if someone has to let it go on
public record Pause(String reason, @Nullable Instant until) {}
