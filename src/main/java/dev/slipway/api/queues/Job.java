package dev.slipway.api.queues;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Objects;

/// A piece of queued work; one id for life.
///
/// @param type what runs it, for example `invoice.render`
/// @param subject what it is about, for a person: `2026-11-22 · Atelier 12`
/// @param attempt how often it has been started
/// @param runAt not before this
/// @param worker who holds its lease, or held it last
/// @param done units of work done, of `total`; a total of 0 means unknown
/// @param error the last failure, without stack trace
/// @param fingerprint groups the same fault
/// @param stop who gave it up; on a job that runs: who told it to stop
public record Job(
        String id,
        String queue,
        String type,
        String subject,
        JobState state,
        int attempt,
        int maxAttempts,
        Instant createdAt,
        Instant runAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String worker,
        long done,
        long total,
        @Nullable String error,
        @Nullable String fingerprint,
        Priority priority,
        @Nullable Stop stop) {

    public Job {
        // what was kept before there were priorities has none
        priority = Objects.requireNonNullElse(priority, Priority.NORMAL);
    }

    /// Whether it runs and was told to stop.
    public boolean stopping() {
        return state == JobState.RUNNING && stop != null;
    }
}
