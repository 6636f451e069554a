package dev.slipway.console.queues;

import dev.slipway.client.http.Problem;

import org.jspecify.annotations.Nullable;

/// What became of a command given for several jobs.
///
/// @param problem the first that was met, or null
record Repaired(int done, int asked, @Nullable Problem problem) {}
