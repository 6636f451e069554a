package dev.slipway.backend.migration.plan;

import java.util.LinkedHashMap;
import java.util.Map;

/// Where a step's rows come from.
///
/// @param table a table's name, or empty
/// @param sql a query run at the source, or empty
/// @param where an SQL condition; rows that do not meet it are not read; or empty
/// @param expressions further columns by name, each an SQL expression that the source computes
/// @param whereLine where the condition stands in the plan
public record SourceQuery(
        int line,
        String table,
        String sql,
        String where,
        int whereLine,
        Map<String, String> expressions) {

    public SourceQuery {
        expressions = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(expressions));
    }

    public SourceQuery(int line, String table, String sql, String where) {
        this(line, table, sql, where, line, Map.of());
    }
}
