package dev.slipway.api.queues;

import java.time.Instant;

/// Who gave a job up. On a job that still runs: it was told to stop and does so at the next good
/// place.
///
/// @param reason may be empty
public record Stop(String by, String reason, Instant at) {}
