package dev.slipway.backend.migration.ledger;

import dev.slipway.backend.migration.source.KeyRange;

/// A chunk that one worker has taken upon itself for a while.
///
/// @param owner the worker's mark; only who still has it may end the chunk
public record Lease(String runId, String step, int number, KeyRange range, String owner) {}
