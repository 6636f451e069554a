package dev.slipway.backend.migration.ledger;

import dev.slipway.api.migration.RunState;

/// A run as the target remembers it.
///
/// @param hash of the plan that it began with
/// @param mixed whether an earlier version kept its steps' keys among those of another plan's steps
///   of the same names, so that no one can tell whose they are
public record LedgerRun(String id, String plan, String hash, RunState state, boolean mixed) {}
