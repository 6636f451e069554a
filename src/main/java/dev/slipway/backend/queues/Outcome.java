package dev.slipway.backend.queues;

import java.time.Instant;

/// How a handler ended.
sealed interface Outcome {
    /// The work is done.
    record Succeeded() implements Outcome {}

    /// It stopped in the middle because it was told to.
    record Stopped() implements Outcome {}

    /// It gave the job back until a time.
    record Later(Instant at) implements Outcome {}

    record Failed(Throwable failure) implements Outcome {}
}
