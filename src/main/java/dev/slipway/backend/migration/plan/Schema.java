package dev.slipway.backend.migration.plan;

/// The target's tables in one database's SQL.
///
/// @param before run if the first step's table is not there; may be empty
/// @param after foreign keys and indexes, run once when everything is copied; may be empty
public record Schema(String before, String after) {}
