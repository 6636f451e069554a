package dev.slipway.backend.migration.source;

import java.util.List;
import java.util.Optional;

/// What a step reads: its columns, and the columns that name a row.
///
/// @param unique sets of columns that are unique and never NULL by the source's own word, the
///   primary key first
public record SourceTable(List<SourceColumn> columns, List<List<String>> unique) {

    public SourceTable {
        columns = List.copyOf(columns);
        unique = List.copyOf(unique);
    }

    /// A column by its name, whatever the case of its letters.
    public Optional<SourceColumn> column(String name) {
        return columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
    }

    /// The names of all columns.
    public List<String> names() {
        return columns.stream().map(SourceColumn::name).toList();
    }
}
