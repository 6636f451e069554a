package dev.slipway.backend.migration.source;

/// The column of a table that a query's column shows.
public record ColumnOrigin(String table, String column) {}
