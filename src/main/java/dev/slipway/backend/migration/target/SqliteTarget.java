package dev.slipway.backend.migration.target;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// An SQLite file with STRICT tables.
final class SqliteTarget implements Target {
    private static final int BUSY_MILLIS = 30_000;
    private static final String NOWHERE = "jdbc:sqlite::memory:";
    private static final String CHECKPOINT_PAGES = "16384";
    private static final int CONSTRAINT = 19;
    private static final int FULL = 13;
    private static final int TOO_BIG = 18;
    private static final int MISMATCH = 20;
    private final String url;
    private final Connection connection;
    private final SqliteCatalog catalog;
    private final boolean rehearsing;

    private SqliteTarget(String url, Connection connection, boolean rehearsing) {
        this.url = url;
        this.connection = rehearsing ? Rehearsal.on(connection) : connection;
        this.rehearsing = rehearsing;
        this.catalog = new SqliteCatalog(this.connection);
    }

    static SqliteTarget open(String url) throws SQLException {
        return open(url, SQLiteConfig.TransactionMode.IMMEDIATE, false);
    }

    /// One on which nothing lasts. Other writers wait until it is closed.
    static SqliteTarget rehearsing(String url) throws SQLException {
        return open(url, SQLiteConfig.TransactionMode.IMMEDIATE, true);
    }

    /// One that only looks, and so keeps no writer waiting. What is not there yet it sees as empty,
    /// and does not make.
    static SqliteTarget reading(String url) throws SQLException {
        String at = isThere(url) ? url : NOWHERE;
        return open(at, SQLiteConfig.TransactionMode.DEFERRED, false);
    }

    /// Also if a run could not make it either: then that is to be told.
    private static boolean isThere(String url) {
        String file = url.substring("jdbc:sqlite:".length()).replaceFirst("\\?.*", "");
        if (file.isEmpty() || file.startsWith(":") || file.startsWith("file:")) {
            return true;
        }
        Path path = Path.of(file).toAbsolutePath();
        Path folder = path.getParent();
        return Files.exists(path) || folder == null || !Files.isDirectory(folder);
    }

    private static SqliteTarget open(
            String url, SQLiteConfig.TransactionMode mode, boolean rehearsing) throws SQLException {
        var config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // a chunk is kept or lost together with its ledger row, so a power cut may cost the last
        // chunks, but never the truth about them; a run's end waits for the disk
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, CHECKPOINT_PAGES);
        config.enforceForeignKeys(true);
        config.setTransactionMode(mode);
        config.setCacheSize(-65_536);
        var connection = DriverManager.getConnection(url, config.toProperties());
        connection.setAutoCommit(false);
        return new SqliteTarget(url, connection, rehearsing);
    }

    @Override
    public Target another() throws SQLException {
        return open(url);
    }

    /// The file has one writer at a time.
    @Override
    public int writers() {
        return 1;
    }

    @Override
    public String dialect() {
        return "sqlite";
    }

    @Override
    public String engine() throws SQLException {
        return "SQLite " + connection.getMetaData().getDatabaseProductVersion();
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public List<String> tables() throws SQLException {
        return catalog.tables();
    }

    @Override
    public Optional<TargetTable> table(String name) throws SQLException {
        return catalog.table(name);
    }

    @Override
    public void insert(TargetTable table, List<TargetColumn> columns, List<@Nullable Object[]> rows)
            throws SQLException {
        String names = columns.stream().map(c -> quote(c.name())).collect(Collectors.joining(", "));
        String marks = columns.stream().map(_ -> "?").collect(Collectors.joining(", "));
        try (var statement =
                connection.prepareStatement(
                        "INSERT INTO "
                                + quote(table.name())
                                + " ("
                                + names
                                + ") VALUES ("
                                + marks
                                + ")")) {
            for (@Nullable Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    bind(statement, i + 1, columns.get(i), row[i]);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    @Override
    public void add(String table, List<String> columns, List<String[]> rows, String conflict)
            throws SQLException {
        String sql =
                "INSERT INTO %s AS there (%s) VALUES (%s) ON CONFLICT %s"
                        .formatted(
                                table,
                                String.join(", ", columns),
                                String.join(", ", Collections.nCopies(columns.size(), "?")),
                                conflict);
        try (var statement = connection.prepareStatement(sql)) {
            for (String[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    statement.setString(i + 1, row[i]);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    @Override
    public void show(
            TargetTable table, List<TargetColumn> columns, KeySpan span, CellVisitor visitor)
            throws SQLException {
        String names = columns.stream().map(c -> quote(c.name())).collect(Collectors.joining(", "));
        String where =
                table.primary().isEmpty() ? "" : span.where(quote(table.primary().getFirst()));
        String sql = "SELECT " + names + " FROM " + quote(table.name()) + where;
        try (var statement = connection.prepareStatement(sql);
                var row = statement.executeQuery()) {
            while (row.next()) {
                for (int i = 0; i < columns.size(); i++) {
                    switch (value(row, i + 1, columns.get(i).kind())) {
                        case Long number -> visitor.whole(number);
                        case String text -> {
                            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                            visitor.text(bytes, 0, bytes.length);
                        }
                        case null, default -> visitor.none();
                    }
                }
                visitor.end();
            }
        }
    }

    @Override
    public String among(String column, Kind kind) {
        return column + " IN (SELECT value FROM json_each(?))";
    }

    @Override
    public String find(String columns, String table, String condition, String last) {
        // json_each has columns of its own, such as id
        return """
               SELECT %s FROM (SELECT value AS "wanted value" FROM json_each(?))
               CROSS JOIN %s ON %s = "wanted value" WHERE %s"""
                .formatted(columns, table, last, condition);
    }

    @Override
    public void bindAll(PreparedStatement statement, int at, Kind kind, Collection<?> values)
            throws SQLException {
        var array = JsonNodeFactory.instance.arrayNode(values.size());
        for (Object value : values) {
            if (value instanceof Long number) {
                array.add(number);
            } else {
                array.add(value.toString());
            }
        }
        statement.setString(at, array.toString());
    }

    @Override
    public void bind(
            PreparedStatement statement, int at, TargetColumn column, @Nullable Object value)
            throws SQLException {
        if (value == null) {
            statement.setNull(at, java.sql.Types.NULL);
        } else {
            bind(statement, at, value);
        }
    }

    @Override
    public @Nullable Object value(ResultSet row, int at, Kind kind) throws SQLException {
        Object value =
                switch (kind) {
                    case INTEGER -> row.getLong(at);
                    case TEXT -> row.getString(at);
                    default -> throw new SQLException("SQLite keeps no " + kind);
                };
        return row.wasNull() ? null : value;
    }

    @Override
    public void bind(PreparedStatement statement, int at, Object value) throws SQLException {
        switch (value) {
            case Long number -> statement.setLong(at, number);
            case String text -> statement.setString(at, text);
            default -> throw new SQLException("SQLite keeps no " + value.getClass());
        }
    }

    @Override
    public boolean refusesRow(SQLException e) {
        int code = e.getErrorCode() & 0xFF;
        return code == CONSTRAINT || code == MISMATCH || code == TOO_BIG;
    }

    @Override
    public boolean full(SQLException e) {
        return (e.getErrorCode() & 0xFF) == FULL;
    }

    @Override
    public String ledger(String table) {
        return "slipway_" + table;
    }

    @Override
    public boolean hasLedger() throws SQLException {
        return tables().contains(ledger("run"));
    }

    @Override
    public String ledgerHome() {
        return "";
    }

    @Override
    public void run(String script) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(script);
        }
    }

    /// Its driver begins the next transaction with each commit, and that one keeps writers out.
    /// What is rehearsed is one transaction to its end.
    @Override
    public void letGo() throws SQLException {
        if (!rehearsing) {
            connection.setAutoCommit(true);
        }
    }

    @Override
    public void takeUp() throws SQLException {
        if (!rehearsing) {
            connection.setAutoCommit(false);
        }
    }

    @Override
    public void durable() throws SQLException {
        connection.commit();
        if (rehearsing) {
            return;
        }
        // can't be set inside a transaction
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = FULL");
        } finally {
            connection.setAutoCommit(false);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
