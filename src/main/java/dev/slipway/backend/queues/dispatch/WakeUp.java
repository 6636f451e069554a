package dev.slipway.backend.queues.dispatch;

/// A row of the outbox: a job that is worth a look.
///
/// @param job its id
/// @param priority 1 high, 2 normal, 3 low
record WakeUp(long seq, String job, int priority) {}
