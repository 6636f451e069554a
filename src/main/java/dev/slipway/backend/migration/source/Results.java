package dev.slipway.backend.migration.source;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Reads what a validation's query yields.
public final class Results {
    private static final String EXPECTED = ": expected a SELECT";

    private Results() {}

    /// Has an engine take a query in without running it.
    ///
    /// @return how many columns it yields
    /// @throws SQLException if it can't be run, or yields none
    public static int parse(Connection connection, String sql) throws SQLException {
        if (sql.isBlank()) {
            throw new SQLException("it is empty" + EXPECTED);
        }
        try (var statement = connection.prepareStatement(sql)) {
            int columns = columns(statement.getMetaData());
            if (columns == 0) {
                throw new SQLException("it yields no columns" + EXPECTED);
            }
            return columns;
        }
    }

    private static int columns(@Nullable ResultSetMetaData meta) {
        try {
            return meta == null ? 0 : meta.getColumnCount();
        } catch (SQLException e) {
            // the statement is sound; one driver won't count columns where there are none
            return 0;
        }
    }

    /// All rows.
    ///
    /// @param most rows; more are refused, for they would not fit into memory
    public static List<List<@Nullable Object>> read(ResultSet found, int most) throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        int width = found.getMetaData().getColumnCount();
        while (found.next()) {
            if (rows.size() == most) {
                throw new SQLException("yields more than " + most + " rows: aggregate it");
            }
            List<@Nullable Object> row = new ArrayList<>();
            for (int i = 1; i <= width; i++) {
                row.add(found.getObject(i));
            }
            rows.add(row);
        }
        return rows;
    }
}
