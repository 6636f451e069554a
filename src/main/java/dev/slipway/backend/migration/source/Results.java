package dev.slipway.backend.migration.source;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Reads what a validation's query yields.
public final class Results {
    private Results() {}

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
