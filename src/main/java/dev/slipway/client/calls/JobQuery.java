package dev.slipway.client.calls;

import dev.slipway.api.queues.JobFilter;
import dev.slipway.api.queues.JobState;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Which jobs to look for; null means any.
///
/// @param text stands in the id, the subject or the error
/// @param from they ended then or later
/// @param to they ended before then
public record JobQuery(
        @Nullable String queue,
        @Nullable String type,
        @Nullable JobState state,
        @Nullable String fingerprint,
        @Nullable String text,
        @Nullable Instant from,
        @Nullable Instant to) {

    /// Every job, the latest first.
    public static final JobQuery ALL = new JobQuery(null, null, null, null, null, null, null);

    public static JobQuery in(JobState state) {
        return new JobQuery(null, null, state, null, null, null, null);
    }

    /// The failed jobs among them.
    public JobFilter failed() {
        return new JobFilter(queue, type, fingerprint, text, from, to);
    }
}
