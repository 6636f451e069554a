package dev.slipway.backend.migration.source;

import dev.slipway.backend.migration.plan.SourceQuery;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;

/// What is read of a source, and in which order.
///
/// @param columns what each row holds, in this order
/// @param key the columns that name a row and give the order
/// @param scanned whether no index serves that order: each read by range would go through all rows
///   anew
public record Reading(
        SourceQuery query, List<SourceColumn> columns, List<String> key, boolean scanned) {

    public Reading {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    public Reading(SourceQuery query, List<SourceColumn> columns, List<String> key) {
        this(query, columns, key, false);
    }

    /// The key of a row.
    public List<String> keyOf(@Nullable String[] row) {
        return key.stream().map(k -> Objects.requireNonNullElse(row[index(k)], "")).toList();
    }

    /// Whether one column of whole numbers is the key.
    public boolean numbered() {
        return key.size() == 1
                && columns.get(index(key.getFirst())).kind() == SourceColumn.Kind.INTEGER;
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
