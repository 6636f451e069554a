package dev.slipway.backend.migration.ledger;

/// A natural key and the target row that it means.
///
/// @param target the row's key in the target
/// @param origin the source key of the row that it was made from
public record MatchKey(String name, String natural, String target, String origin) {}
