package dev.slipway.backend.migration.source;

import dev.slipway.backend.migration.plan.SourceQuery;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;

/// What is read of a source, and in which order.
///
/// @param columns what each row holds, in this order
/// @param key the columns that name a row and give the order
public record Reading(SourceQuery query, List<SourceColumn> columns, List<String> key) {

    public Reading {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    /// The key of a row.
    public List<String> keyOf(@Nullable String[] row) {
        return key.stream().map(k -> Objects.requireNonNullElse(row[index(k)], "")).toList();
    }

    /// Where a column stands in a row.
    public int index(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(column)) {
                return i;
            }
        }
        throw new IllegalArgumentException(column);
    }
}
