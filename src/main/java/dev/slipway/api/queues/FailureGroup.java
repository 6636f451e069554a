package dev.slipway.api.queues;

import java.time.Instant;

/// Dead jobs that failed of the same fault.
///
/// @param message the error of the latest of them
public record FailureGroup(
        String fingerprint,
        String queue,
        String type,
        String message,
        long count,
        Instant first,
        Instant last) {}
