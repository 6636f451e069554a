package dev.slipway.api.queues;

/// How a worker's hold of a job ended.
public enum AttemptEnd {
    SUCCEEDED,
    FAILED,
    /// The worker stopped answering and another one took the job over.
    LOST,
    /// The worker drained and gave the job back in the middle.
    HANDED_BACK,
    /// The job has to wait for a time, such as a window; nothing failed.
    WAITS,
    /// Someone cancelled the job.
    CANCELLED
}
