package dev.slipway.api.queues;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A queue at a glance. Rates are per minute, counted over the last five minutes.
///
/// @param oldestReady when the job that waits longest became ready, or null if none waits
/// @param workers workers that run a type of job of this queue and were seen in the last lease time
/// @param unserved a type of which jobs have waited for more than 15 s and that no such worker
///   runs, or null if there is none
public record QueueStatus(
        String name,
        long ready,
        long running,
        long retrying,
        long dead,
        @Nullable Instant oldestReady,
        double enqueuedPerMinute,
        double succeededPerMinute,
        double failedPerMinute,
        int workers,
        @Nullable String unserved) {}
