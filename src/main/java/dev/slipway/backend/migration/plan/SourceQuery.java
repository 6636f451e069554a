package dev.slipway.backend.migration.plan;

/// Where a step's rows come from.
///
/// @param table a table's name, or empty
/// @param sql a query run at the source, or empty
/// @param where an SQL condition; rows that do not meet it are not read; or empty
public record SourceQuery(int line, String table, String sql, String where) {}
