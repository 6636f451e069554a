package dev.slipway.backend.migration.ledger;

/// How often a column's value stood in the source in some unusual way: written otherwise, missing,
/// mended or refused.
///
/// @param what for example `decimal comma`, `dd.MM.yyyy`, `null`, `encoding`, `is negative`
public record Remark(String column, String what, long rows) {}
