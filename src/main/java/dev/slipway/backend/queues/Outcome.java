package dev.slipway.backend.queues;

/// How a handler ended.
sealed interface Outcome {
    /// The work is done.
    record Succeeded() implements Outcome {}

    /// It stopped in the middle because it was told to.
    record Stopped() implements Outcome {}

    record Failed(Throwable failure) implements Outcome {}
}
