package dev.slipway.backend.tasks.export;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A shop's orders in a small schema of its own, on any engine, with what is awkward in files.
final class OrderShop {
    static final String SQL =
            "SELECT id, ordered_at, ordered_on, vendor, title, amount, gift FROM sale"
                    + " WHERE ordered_on >= :date AND ordered_on < :next_date"
                    + " AND (:vendor = '' OR vendor = :vendor) ORDER BY id";

    /// Texts that break careless writers: formulas, quotes, line ends, a NUL-free emoji, nothing.
    static final List<String> TITLES =
            List.of(
                    "=1+1",
                    "+49 30 1234",
                    "-5",
                    "-5,25",
                    "@SUM(A1)",
                    "\tTab",
                    "\uFF1DFull width",
                    "a \"quoted\", word",
                    "two\r\nlines",
                    "Grüße 🎁",
                    "",
                    "plain");

    private OrderShop() {}

    static Connection sqlite(Path file) throws SQLException {
        var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute(
                    "CREATE TABLE sale (id INTEGER PRIMARY KEY, ordered_at TEXT, ordered_on TEXT,"
                            + " vendor TEXT, title TEXT, amount TEXT, gift INTEGER) STRICT");
        }
        return connection;
    }

    static void table(Connection connection, String moment, String text) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE sale (id BIGINT PRIMARY KEY, ordered_at %s, ordered_on DATE, vendor %s, title %s, amount DECIMAL(12, 2), gift BOOLEAN)"
                            .formatted(moment, text, text));
        }
    }

    /// Adds rows with texts of [#TITLES] in turn; every seventh has nothing but its keys.
    static void add(Connection connection, int from, int rows) throws SQLException {
        boolean sqlite = connection.getMetaData().getURL().startsWith("jdbc:sqlite:");
        String cast = sqlite ? "?" : "cast(? AS DATE)";
        boolean auto = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (var insert =
                connection.prepareStatement(
                        "INSERT INTO sale VALUES (?, NULL, " + cast + ", ?, ?, ?, ?)")) {
            for (int i = from; i < from + rows; i++) {
                insert.setLong(1, i);
                insert.setString(2, "2026-11-%02d".formatted(1 + i % 28));
                insert.setString(3, "v" + i % 3);
                boolean bare = i % 7 == 0;
                insert.setString(4, bare ? null : TITLES.get(i % TITLES.size()));
                if (bare) {
                    insert.setObject(5, null);
                    insert.setObject(6, null);
                } else if (sqlite) {
                    insert.setString(5, "%d.%02d".formatted(i, i % 100));
                    insert.setInt(6, i % 2);
                } else {
                    insert.setBigDecimal(
                            5, new java.math.BigDecimal("%d.%02d".formatted(i, i % 100)));
                    insert.setBoolean(6, i % 2 == 1);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
        try (var update = connection.createStatement()) {
            update.execute(
                    sqlite
                            ? "UPDATE sale SET ordered_at = ordered_on || 'T10:20:30.123456Z' WHERE"
                                    + " title IS NOT NULL"
                            : "UPDATE sale SET ordered_at = timestamp '2026-11-02 10:20:30.123456'"
                                    + " WHERE title IS NOT NULL");
        }
        connection.commit();
        connection.setAutoCommit(auto);
    }

    /// The rows as one text each, read from the database by plain JDBC.
    static List<String> rows(Connection connection, String where) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "SELECT id, ordered_at, ordered_on, vendor, title, amount, gift"
                                        + " FROM sale WHERE "
                                        + where
                                        + " ORDER BY id")) {
            while (row.next()) {
                rows.add(
                        String.join(
                                "|",
                                row.getString(1),
                                String.valueOf(row.getString(2)),
                                row.getString(3),
                                row.getString(4),
                                String.valueOf(row.getString(5)),
                                String.valueOf(row.getString(6)),
                                String.valueOf(row.getString(7))));
            }
        }
        return rows;
    }
}
