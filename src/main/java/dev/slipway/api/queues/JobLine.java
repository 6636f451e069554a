package dev.slipway.api.queues;

import java.time.Instant;

/// One line of a job's log.
///
/// @param attempt the attempt that wrote it, from 1
/// @param level `INFO`, `WARNING` or `ERROR`
public record JobLine(long seq, Instant at, int attempt, String level, String message) {}
