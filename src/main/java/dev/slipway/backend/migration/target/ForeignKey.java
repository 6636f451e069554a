package dev.slipway.backend.migration.target;

import java.util.List;

/// A reference to another table's key.
public record ForeignKey(List<String> columns, String table, List<String> references) {
    public ForeignKey {
        columns = List.copyOf(columns);
        references = List.copyOf(references);
    }
}
