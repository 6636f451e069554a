package dev.slipway.api.queues;

/// Where a job stands.
public enum JobState {
    /// Waits for a worker.
    READY,
    /// A worker holds its lease.
    RUNNING,
    /// Failed and waits for its next attempt.
    RETRYING,
    /// Done.
    SUCCEEDED,
    /// Failed for good, kept until someone retries or discards it.
    DEAD,
    /// Given up by someone.
    DISCARDED;

    /// Whether the job will never run again unless someone acts.
    public boolean ended() {
        return this == SUCCEEDED || this == DEAD || this == DISCARDED;
    }
}
