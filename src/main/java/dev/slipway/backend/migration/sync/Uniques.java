package dev.slipway.backend.migration.sync;

import dev.slipway.backend.migration.source.Source;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What must be unique in an SQLite table: of which row another one may take the place. A unique
/// index over an expression is left out: the engine does not tell what it is over.
final class Uniques {
    private static final int MOST = 10_000;

    private Uniques() {}

    /// A column and how it is compared.
    record Part(String column, String collation) {}

    /// Each primary key and unique index of a table, by its columns.
    static Set<List<Part>> of(Source source, String table) throws SQLException {
        Map<String, List<Part>> found = new LinkedHashMap<>();
        String name = "'" + table.replace("'", "''") + "'";
        add(
                found,
                source.query(
                        "SELECT '', name, 'BINARY' FROM pragma_table_info(%s) WHERE pk > 0 ORDER BY pk"
                                .formatted(name),
                        MOST));
        add(
                found,
                source.query(
                        "SELECT i.name, c.name, c.coll FROM pragma_index_list(%s) i,"
                                        .formatted(name)
                                + " pragma_index_xinfo(i.name) c WHERE i.\"unique\" = 1 AND c.key = 1"
                                + " ORDER BY i.name, c.seqno",
                        MOST));
        found.values().removeIf(parts -> parts.stream().anyMatch(part -> part.column().isEmpty()));
        return new LinkedHashSet<>(found.values());
    }

    private static void add(
            Map<String, List<Part>> found, Collection<List<@Nullable Object>> rows) {
        for (List<@Nullable Object> row : rows) {
            Object column = row.get(1);
            var part = new Part(column == null ? "" : column.toString(), "" + row.get(2));
            found.merge(
                    "" + row.get(0),
                    List.of(part),
                    (some, more) ->
                            java.util.stream.Stream.concat(some.stream(), more.stream()).toList());
        }
    }
}
