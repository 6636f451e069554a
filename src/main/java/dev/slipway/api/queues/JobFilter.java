package dev.slipway.api.queues;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Which failed jobs are meant; null means any, and what is given must all hold.
///
/// @param queue the queue that they failed in
/// @param type what runs them
/// @param fingerprint the fault that they failed of
/// @param text stands in the id, the subject or the error, in capitals or not
/// @param from they failed for good then or later
/// @param to they failed for good before then
public record JobFilter(
        @Nullable String queue,
        @Nullable String type,
        @Nullable String fingerprint,
        @Nullable String text,
        @Nullable Instant from,
        @Nullable Instant to) {

    /// Every failed job.
    public static final JobFilter ALL = new JobFilter(null, null, null, null, null, null);
}
