package dev.slipway.backend.migration.source;

import dev.slipway.backend.migration.convert.Encoding;
import dev.slipway.backend.migration.plan.SourceQuery;
import dev.slipway.backend.migration.source.SourceColumn.Kind;

import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// An SQLite file, opened for reading only. Its columns hold what they hold, whatever type was
/// declared, so each value is read as bytes.
final class SqliteSource extends JdbcSource {
    private static final int BUSY_MILLIS = 30_000;

    private final String url;

    private SqliteSource(String url, Connection connection) {
        super(connection);
        this.url = url;
    }

    static SqliteSource open(String url) throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        Properties properties = config.toProperties();
        return new SqliteSource(url, java.sql.DriverManager.getConnection(url, properties));
    }

    @Override
    public Source another() throws SQLException {
        return open(url);
    }

    @Override
    public Vitals vitals() throws SQLException {
        throw new SQLException("SQLite has no Threads_running and no replica");
    }

    /// The last row of the table that triggers fill, if they are there.
    @Override
    public Position position() throws SQLException {
        if (!tables().contains(Position.CHANGE_TABLE)) {
            return Position.unknown(
                    "SQLite keeps no log of changes, and the triggers that would fill the table "
                            + Position.CHANGE_TABLE
                            + " are not installed");
        }
        String sql = "SELECT seq FROM sqlite_sequence WHERE name = '%s'";
        var last = query(sql.formatted(Position.CHANGE_TABLE), 1);
        long seq = last.isEmpty() ? 0 : ((Number) last.getFirst().getFirst()).longValue();
        return new Position(Position.CHANGE_TABLE, seq, "", "");
    }

    /// Bytes, NULL and, where no type was declared, numbers may stand in any key of SQLite. As text
    /// they would be another value, and their rows would be missed.
    @Override
    public Extent extent(Reading reading) throws SQLException {
        for (String key : reading.key()) {
            String name = "s." + quote(key);
            boolean number = reading.columns().get(reading.index(key)).kind() == Kind.INTEGER;
            // what is bound has no type of its own, as what is put together has none; a table
            // without
            // a key has its rowid, which a subquery would not have
            String sql =
                    "SELECT count(*), min(typeof(%1$s))%2$s AND (typeof(%1$s) IN ('blob', 'null') OR typeof(%1$s) <> '%3$s' AND NOT %1$s = (CAST(%1$s AS TEXT) || ''))"
                            .formatted(
                                    name, from(reading, KeyRange.ALL), number ? "integer" : "text");
            List<@Nullable Object> found = query(sql, 1).getFirst();
            if (((Number) Objects.requireNonNull(found.getFirst())).longValue() > 0) {
                throw new SQLException(
                        "the key %s holds %s in %s row(s) of the source, which can't be compared as text: let 'where' leave them out, or name one of 'expressions', such as 'quote(%s)'"
                                .formatted(
                                        reading.key(),
                                        shown(String.valueOf(found.get(1))),
                                        found.getFirst(),
                                        key));
            }
        }
        return super.extent(reading);
    }

    private static String shown(String type) {
        return switch (type) {
            case "null" -> "NULL";
            case "blob" -> "bytes";
            default -> "numbers among no declared type";
        };
    }

    @Override
    public String quote(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    @Override
    public List<String> tables() throws SQLException {
        return query(
                        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY 1",
                        100_000)
                .stream()
                .map(row -> String.valueOf(row.getFirst()))
                .toList();
    }

    @Override
    public SourceTable describe(SourceQuery query) throws SQLException {
        if (!query.sql().isEmpty()) {
            return describeQuery(query);
        }
        SourceTable table = describeTable(query.table());
        List<SourceColumn> columns = new ArrayList<>(table.columns());
        query.expressions()
                .keySet()
                .forEach(name -> columns.add(new SourceColumn(name, Kind.OTHER, true)));
        return new SourceTable(columns, table.unique());
    }

    private SourceTable describeTable(String table) throws SQLException {
        List<SourceColumn> columns = new ArrayList<>();
        var primary = new TreeMap<Integer, String>();
        try (var statement = connection.prepareStatement("SELECT * FROM pragma_table_info(?)")) {
            statement.setString(1, table);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    String name = row.getString("name");
                    columns.add(
                            new SourceColumn(
                                    name, kind(row.getString("type")), !row.getBoolean("notnull")));
                    if (row.getInt("pk") > 0) {
                        primary.put(row.getInt("pk"), name);
                    }
                }
            }
        }
        if (columns.isEmpty()) {
            throw new SQLException("there is no table '" + table + "'");
        }
        for (int i = 0; i < columns.size(); i++) {
            if (primary.containsValue(columns.get(i).name())) {
                columns.set(i, asKept(table, columns.get(i)));
            }
        }
        if (!primary.isEmpty()) {
            List<String> key = List.copyOf(primary.values());
            return new SourceTable(columns, toldApart(table, key) ? List.of(key) : List.of());
        }
        // a table without a key still numbers its rows; a view does not
        Optional<String> rowid = rowid(table, columns);
        rowid.ifPresent(name -> columns.add(new SourceColumn(name, Kind.INTEGER, false)));
        return new SourceTable(columns, rowid.map(List::of).map(List::of).orElse(List.of()));
    }

    /// Whether the columns of a primary key compare as different wherever the key is: it may have
    /// been given an order of its own, which tells `a` from `A` where the column does not.
    private boolean toldApart(String table, List<String> key) throws SQLException {
        boolean ordered =
                query(
                                "SELECT sql FROM sqlite_schema WHERE lower(name) = lower("
                                        + text(table)
                                        + ")",
                                1)
                        .stream()
                        .map(row -> String.valueOf(row.getFirst()).toUpperCase(Locale.ROOT))
                        .anyMatch(sql -> sql.contains("COLLATE"));
        if (!ordered) {
            return true;
        }
        String columns = key.stream().map(this::quote).collect(Collectors.joining(", "));
        String same =
                "SELECT 1 FROM %s GROUP BY %s HAVING count(*) > 1 LIMIT 1"
                        .formatted(quote(table), columns);
        return query(same, 1).isEmpty();
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /// A key that holds bytes is one of bytes, whatever was declared: as text it would be another
    /// one.
    private SourceColumn asKept(String table, SourceColumn column) throws SQLException {
        if (column.kind() == Kind.INTEGER || column.kind() == Kind.BINARY) {
            return column;
        }
        String sql =
                "SELECT 1 FROM %s WHERE typeof(%s) = 'blob' LIMIT 1"
                        .formatted(quote(table), quote(column.name()));
        return query(sql, 1).isEmpty()
                ? column
                : new SourceColumn(column.name(), Kind.BINARY, column.nullable());
    }

    /// The name of the number that a table gives its rows, which a column may bear as well.
    private Optional<String> rowid(String table, List<SourceColumn> columns) {
        for (String name : List.of("rowid", "_rowid_", "oid")) {
            if (columns.stream().noneMatch(c -> c.name().equalsIgnoreCase(name))) {
                return hasRowid(table, name) ? Optional.of(name) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private boolean hasRowid(String table, String name) {
        String sql = "SELECT " + name + " FROM " + quote(table) + " LIMIT 1";
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return !row.next() || row.getObject(1) != null;
        } catch (SQLException e) {
            return false;
        }
    }

    private SourceTable describeQuery(SourceQuery query) throws SQLException {
        try (var statement =
                        connection.prepareStatement("SELECT * FROM " + rows(query) + " LIMIT 0");
                var rows = statement.executeQuery()) {
            var meta = rows.getMetaData();
            List<SourceColumn> columns = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                columns.add(
                        new SourceColumn(
                                meta.getColumnName(i), kind(meta.getColumnTypeName(i)), true));
            }
            return new SourceTable(columns, List.of());
        }
    }

    /// SQLite's own rule of affinity, and dates besides.
    private static Kind kind(@Nullable String declared) {
        String type = declared == null ? "" : declared.toUpperCase(Locale.ROOT);
        if (type.contains("INT")) {
            return Kind.INTEGER;
        } else if (type.contains("CHAR") || type.contains("TEXT") || type.contains("CLOB")) {
            return Kind.TEXT;
        } else if (type.contains("BLOB")) {
            return Kind.BINARY;
        } else if (type.contains("REAL") || type.contains("DOUB") || type.contains("FLOA")) {
            return Kind.FLOAT;
        }
        return Kind.OTHER;
    }

    /// SQLite nests no more than a thousand ORs.
    @Override
    String any(Reading reading, int keys) {
        if (reading.key().size() == 1) {
            return super.any(reading, keys);
        }
        String columns = keyed(reading).stream().collect(Collectors.joining(", ", "(", ")"));
        String marks =
                reading.key().stream().map(_ -> "?").collect(Collectors.joining(", ", "(", ")"));
        return columns + " IN (VALUES " + String.join(", ", Collections.nCopies(keys, marks)) + ")";
    }

    @Override
    String select(SourceColumn column) {
        return "s." + quote(column.name());
    }

    @Override
    @Nullable String text(ResultSet row, int at, SourceColumn column) throws SQLException {
        byte[] bytes = row.getBytes(at);
        return bytes == null ? null : Encoding.decode(bytes);
    }

    @Override
    String explain() {
        return "EXPLAIN QUERY PLAN ";
    }

    @Override
    boolean sorts(ResultSet plan) throws SQLException {
        String detail = plan.getString("detail");
        return detail.equals("USE TEMP B-TREE FOR ORDER BY")
                || detail.startsWith("MATERIALIZE")
                || detail.startsWith("CO-ROUTINE");
    }

    /// Whatever was declared, text and floating point may stand in any column.
    @Override
    String exact(String column) {
        return "typeof(" + column + ") = 'integer'";
    }

    @Override
    String exactly(String column) {
        return column + " COLLATE BINARY";
    }

    @Override
    String distinct(List<String> columns) {
        return columns.size() == 1
                ? columns.getFirst()
                : columns.stream()
                        .map(c -> "quote(" + c + ")")
                        .collect(Collectors.joining("||','||"));
    }

    /// SQLite has no days, so none are asked of it: it keeps texts.
    @Override
    String day(String column, int earliest, int latest) {
        return "CASE WHEN substr(%1$s, 1, 4) BETWEEN '%2$04d' AND '%3$04d' THEN %1$s END"
                .formatted(column, earliest, latest);
    }

    @Override
    String written(String day, boolean moment) {
        return day;
    }
}
