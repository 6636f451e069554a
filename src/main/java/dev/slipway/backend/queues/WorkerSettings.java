package dev.slipway.backend.queues;

import java.time.Duration;

/// How workers keep time.
///
/// @param threads jobs that one worker process runs at once
/// @param lease after this long without a sign of life another worker may take the job
/// @param renew how often a worker renews its leases; well below `lease`
/// @param tick how often progress and log lines are written
/// @param poll how long an idle thread waits before it looks again
/// @param firstBackoff the longest wait after a first failure; doubles with each further one
/// @param mostBackoff the longest wait of all
/// @param losses workers in a row that may die over a job before it is buried
public record WorkerSettings(
        int threads,
        Duration lease,
        Duration renew,
        Duration tick,
        Duration poll,
        Duration firstBackoff,
        Duration mostBackoff,
        int losses) {

    /// What holds unless the configuration says otherwise.
    public static WorkerSettings standard(int threads) {
        return new WorkerSettings(
                threads,
                Duration.ofSeconds(10),
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                Duration.ofMillis(200),
                Duration.ofSeconds(2),
                Duration.ofMinutes(10),
                40);
    }
}
