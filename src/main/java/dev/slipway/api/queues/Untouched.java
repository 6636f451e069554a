package dev.slipway.api.queues;

/// Jobs that match a repair's filter but that it leaves alone.
///
/// @param count how many there are
/// @param orMore whether there may be more: they were counted up to a bound
public record Untouched(Cause cause, long count, boolean orMore) {

    /// Why they are left alone.
    public enum Cause {
        /// They failed and will be tried again by themselves.
        RETRYING,
        /// They wait for a worker already.
        READY,
        /// A worker holds them.
        RUNNING,
        /// Someone gave them up.
        DISCARDED,
        /// They were counted, but then someone else retried or discarded them first, or the same
        /// work is on its way as another job.
        GONE
    }
}
