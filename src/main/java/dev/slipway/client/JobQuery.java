package dev.slipway.client;

import dev.slipway.api.queues.JobState;

import org.jspecify.annotations.Nullable;

/// Which jobs to look for; null means any.
///
/// @param text stands in the subject or the error
public record JobQuery(
        @Nullable String queue,
        @Nullable String type,
        @Nullable JobState state,
        @Nullable String fingerprint,
        @Nullable String text) {

    /// Every job, the latest first.
    public static final JobQuery ALL = new JobQuery(null, null, null, null, null);

    public static JobQuery in(JobState state) {
        return new JobQuery(null, null, state, null, null);
    }
}
