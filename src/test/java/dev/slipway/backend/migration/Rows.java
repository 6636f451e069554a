package dev.slipway.backend.migration;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Made-up rows by table, and how they get into a database.
final class Rows {
    private final Map<String, List<@Nullable Object[]>> tables = new LinkedHashMap<>();

    void add(String table, @Nullable Object... cells) {
        tables.computeIfAbsent(table, _ -> new ArrayList<>()).add(cells);
    }

    /// @param definition statements that make the tables, apart by `;`
    void into(Connection connection, String definition) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (String each : definition.strip().split(";")) {
                statement.execute(each);
            }
        }
        connection.setAutoCommit(false);
        for (var table : tables.entrySet()) {
            int width = table.getValue().getFirst().length;
            String marks = "?" + ", ?".repeat(width - 1);
            try (var insert =
                    connection.prepareStatement(
                            "INSERT INTO " + table.getKey() + " VALUES (" + marks + ")")) {
                for (@Nullable Object[] row : table.getValue()) {
                    for (int i = 0; i < width; i++) {
                        insert.setObject(i + 1, row[i]);
                    }
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }
}
