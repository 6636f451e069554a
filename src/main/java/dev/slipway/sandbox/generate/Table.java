package dev.slipway.sandbox.generate;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// Writes the rows of one table in batches.
final class Table implements AutoCloseable {
    private static final int BATCH = 2_000;

    private final PreparedStatement insert;
    private long rows;
    private int waiting;

    Table(Connection connection, String name, int columns) throws SQLException {
        String marks = "?, ".repeat(columns - 1) + "?";
        this.insert =
                connection.prepareStatement("INSERT INTO " + name + " VALUES (" + marks + ")");
    }

    void add(@Nullable Object... row) throws SQLException {
        for (int i = 0; i < row.length; i++) {
            insert.setObject(i + 1, row[i]);
        }
        insert.addBatch();
        rows++;
        if (++waiting == BATCH) {
            flush();
        }
    }

    long rows() {
        return rows;
    }

    private void flush() throws SQLException {
        insert.executeBatch();
        waiting = 0;
    }

    @Override
    public void close() throws SQLException {
        flush();
        insert.close();
    }
}
