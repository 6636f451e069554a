package dev.slipway.backend.migration.target;

import java.util.List;

/// A reference to another table's key.
///
/// @param vouched whether the target itself has checked it for every row and lets none break it
public record ForeignKey(
        List<String> columns, String table, List<String> references, boolean vouched) {
    public ForeignKey {
        columns = List.copyOf(columns);
        references = List.copyOf(references);
    }
}
