package dev.slipway.backend.migration.plan;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Rows of one source that become rows of one target table.
///
/// @param key source columns that name a row; may be empty where the source names rows itself
/// @param merge the match key by which rows are one; the first of them is kept; null if each row
///   stands for itself
/// @param repeats source columns; a row that has the same in all of them as the row before it is
///   merged into that one; empty if none is
/// @param skip source column to the raw values that leave a row out
/// @param chunkRows rows per chunk, about
/// @param repairs says in words what the step mends, for the list of repairs
public record Step(
        int line,
        String name,
        SourceQuery source,
        List<String> key,
        String target,
        List<Column> columns,
        List<Match> matches,
        @Nullable String merge,
        List<String> repeats,
        Map<String, List<String>> skip,
        int chunkRows,
        List<String> repairs) {

    public Step {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
        matches = List.copyOf(matches);
        repeats = List.copyOf(repeats);
        skip = Map.copyOf(skip);
        repairs = List.copyOf(repairs);
    }

    /// A match key by its name.
    public Optional<Match> match(String match) {
        return matches.stream().filter(m -> m.name().equals(match)).findFirst();
    }

    /// Whether its chunks must be done in their order: what a later one does depends on earlier
    /// ones.
    public boolean ordered() {
        return merge != null
                || columns.stream().anyMatch(c -> c.type() instanceof ColumnType.Generated);
    }
}
