package dev.slipway.backend.migration.ledger;

import dev.slipway.api.migration.RunState;

/// A run as the target remembers it.
///
/// @param hash of the plan that it began with
public record LedgerRun(String id, String plan, String hash, RunState state) {}
