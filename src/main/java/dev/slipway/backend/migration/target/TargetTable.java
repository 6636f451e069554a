package dev.slipway.backend.migration.target;

import java.util.List;
import java.util.Optional;

/// A target table as it stands.
///
/// @param primary the primary key's columns; may be empty
/// @param unique the column sets of all unique indexes, the primary key's too
public record TargetTable(
        String name,
        List<TargetColumn> columns,
        List<String> primary,
        List<List<String>> unique,
        List<ForeignKey> foreign) {

    public TargetTable {
        columns = List.copyOf(columns);
        primary = List.copyOf(primary);
        unique = List.copyOf(unique);
        foreign = List.copyOf(foreign);
    }

    /// A column by its name.
    public Optional<TargetColumn> column(String column) {
        return columns.stream().filter(c -> c.name().equals(column)).findFirst();
    }

    /// The names of all columns.
    public List<String> names() {
        return columns.stream().map(TargetColumn::name).toList();
    }
}
