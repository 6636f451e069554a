package dev.slipway.api.queues;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// One time that a worker had a job.
///
/// @param number counts every time a worker took the job, from 1
/// @param attempt the attempt as [Job#attempt] counts it: being handed back and losing a worker
///   don't count, so several may share a number
/// @param endedAt null while it runs
/// @param end null while it runs
/// @param error why it failed, without stack trace
/// @param fingerprint groups the same fault
/// @param cpuMillis CPU time of the thread that ran it; null when it was never told
public record Attempt(
        long number,
        int attempt,
        String worker,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable AttemptEnd end,
        @Nullable String error,
        @Nullable String fingerprint,
        @Nullable Long cpuMillis) {}
