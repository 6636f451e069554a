package dev.slipway.api.queues;

/// What can be paused.
public enum HoldKind {
    /// All jobs of a queue.
    QUEUE,
    /// All jobs of a type, in whatever queue.
    TYPE,
    /// A schedule.
    SCHEDULE
}
