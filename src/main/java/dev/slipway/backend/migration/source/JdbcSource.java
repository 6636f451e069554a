package dev.slipway.backend.migration.source;

import dev.slipway.backend.migration.plan.SourceQuery;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What the sources have in common: rows by key range, in SQL that every engine understands and
/// that an index on the key serves.
abstract sealed class JdbcSource implements Source permits SqliteSource, MariaDbSource {
    private static final int QUERY_SECONDS = 600;
    private static final int KEYS_AT_ONCE = 500;
    private static final int ROWS_AT_ONCE = 2_000;
    private static final KeyRange SOME_NUMBERS = new KeyRange(List.of("0"), List.of("1000"));
    private final KeyBounds bounds = new KeyBounds(this::bound);
    final Connection connection;

    JdbcSource(Connection connection) {
        this.connection = connection;
    }

    /// The SQL that yields a column as the text that is kept.
    abstract String select(SourceColumn column);

    /// The text of a column of a row, as it is kept.
    abstract @Nullable String text(ResultSet row, int at, SourceColumn column) throws SQLException;

    @Override
    public String engine() throws SQLException {
        var meta = connection.getMetaData();
        return meta.getDatabaseProductName() + " " + meta.getDatabaseProductVersion();
    }

    @Override
    public String from(SourceQuery query) {
        return rows(query)
                + " AS s"
                + (query.where().isEmpty() ? "" : " WHERE (" + query.where() + ")");
    }

    /// A query's rows as SQL, with the columns that the plan adds.
    String rows(SourceQuery query) {
        String rows = query.sql().isEmpty() ? quote(query.table()) : "(" + query.sql() + ")";
        if (query.expressions().isEmpty()) {
            return rows;
        }
        String further =
                query.expressions().entrySet().stream()
                        .map(e -> ", (" + e.getValue() + ") AS " + quote(e.getKey()))
                        .collect(Collectors.joining());
        return "(SELECT t.*" + further + " FROM " + rows + " AS t)";
    }

    @Override
    public Extent extent(Reading reading) throws SQLException {
        long rows = count(reading, KeyRange.ALL);
        return new Extent(rows, edge(reading, " ASC"), edge(reading, " DESC"));
    }

    private List<String> edge(Reading reading, String direction) throws SQLException {
        String order =
                reading.key().stream()
                        .map(k -> keyed(reading, k) + direction)
                        .collect(Collectors.joining(", "));
        String sql = "SELECT " + keys(reading) + from(reading, KeyRange.ALL) + " ORDER BY " + order;
        try (var statement = prepare(sql + " LIMIT 1");
                var row = statement.executeQuery()) {
            List<String> key = new ArrayList<>();
            for (int i = 1; i <= reading.key().size() && (i > 1 || row.next()); i++) {
                SourceColumn column =
                        reading.columns().get(reading.index(reading.key().get(i - 1)));
                String value = text(row, i, column);
                if (value == null) {
                    throw new SQLException("the key " + reading.key() + " is NULL in some row");
                }
                key.add(value);
            }
            return key;
        }
    }

    private String keys(Reading reading) {
        return reading.key().stream()
                .map(k -> select(reading.columns().get(reading.index(k))))
                .collect(Collectors.joining(", "));
    }

    @Override
    public List<@Nullable String[]> read(Reading reading, KeyRange range, int limit)
            throws SQLException {
        try (var statement = prepare(ordered(reading, range) + " LIMIT " + limit)) {
            bounds.bind(statement, reading, range);
            return rows(statement, reading);
        }
    }

    private String ordered(Reading reading, KeyRange range) {
        String order = String.join(", ", keyed(reading));
        return "SELECT " + columns(reading) + from(reading, range) + " ORDER BY " + order;
    }

    @Override
    public boolean sorts(Reading reading, boolean ranged) throws SQLException {
        var range = ranged ? SOME_NUMBERS : KeyRange.ALL;
        try (var statement = prepare(explain() + ordered(reading, range) + " LIMIT 1000")) {
            bounds.bind(statement, reading, range);
            try (var plan = statement.executeQuery()) {
                boolean sorts = false;
                while (plan.next()) {
                    sorts |= sorts(plan);
                }
                return sorts;
            }
        } catch (SQLException e) {
            // a view may be read by those who may not know how; then it is read range by range
            return false;
        }
    }

    /// What stands before a query to be told how it would be run.
    abstract String explain();

    /// Whether a row of that answer says that rows are sorted, or made up beforehand.
    abstract boolean sorts(ResultSet plan) throws SQLException;

    /// Has no limit of time: a second pass would take as long.
    @Override
    public void pass(Reading reading, KeyRange range, Rows to) throws SQLException {
        int width = reading.columns().size();
        try (var statement = connection.prepareStatement(ordered(reading, range))) {
            statement.setFetchSize(ROWS_AT_ONCE);
            bounds.bind(statement, reading, range);
            try (var found = statement.executeQuery()) {
                while (found.next()) {
                    to.row(row(found, reading, width));
                }
            }
        }
    }

    @Override
    public List<@Nullable String[]> rows(Reading reading, List<List<String>> keys)
            throws SQLException {
        List<@Nullable String[]> rows = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += KEYS_AT_ONCE) {
            int to = Math.min(keys.size(), from + KEYS_AT_ONCE);
            rows.addAll(some(reading, keys.subList(from, to), ""));
        }
        return rows;
    }

    private List<@Nullable String[]> some(Reading reading, List<List<String>> keys, String order)
            throws SQLException {
        String any = any(reading, keys.size());
        String sql = "SELECT " + columns(reading) + from(reading, KeyRange.ALL);
        try (var statement = prepare(sql + " AND (" + any + ")" + order)) {
            int at = 1;
            for (List<String> key : keys) {
                for (int part = 0; part < key.size(); part++) {
                    bounds.bindPart(statement, at++, reading, part, key.get(part));
                }
            }
            return rows(statement, reading);
        }
    }

    /// The condition that a row has one of so many keys.
    String any(Reading reading, int keys) {
        if (reading.key().size() == 1) {
            String marks = String.join(", ", Collections.nCopies(keys, "?"));
            return keyed(reading, reading.key().getFirst()) + " IN (" + marks + ")";
        }
        String is =
                reading.key().stream()
                        .map(k -> keyed(reading, k) + " = ?")
                        .collect(Collectors.joining(" AND ", "(", ")"));
        return String.join(" OR ", Collections.nCopies(keys, is));
    }

    @Override
    public @Nullable String @Nullable [] last(Reading reading, List<String> key)
            throws SQLException {
        String order =
                reading.key().stream()
                        .map(k -> keyed(reading, k) + " DESC")
                        .collect(Collectors.joining(", "));
        var range = new KeyRange(List.of(), key);
        String sql = "SELECT " + columns(reading) + from(reading, range) + " ORDER BY " + order;
        try (var statement = prepare(sql + " LIMIT 1")) {
            bounds.bind(statement, reading, range);
            List<@Nullable String[]> rows = rows(statement, reading);
            return rows.isEmpty() ? null : rows.getFirst();
        }
    }

    @Override
    public @Nullable String @Nullable [] previous(Reading reading, List<String> key)
            throws SQLException {
        String order =
                reading.key().stream()
                        .map(k -> keyed(reading, k) + " DESC")
                        .collect(Collectors.joining(", "));
        String sql =
                "SELECT "
                        + columns(reading)
                        + from(reading, KeyRange.ALL)
                        + KeyBounds.before(keyed(reading), key)
                        + " ORDER BY "
                        + order;
        try (var statement = prepare(sql + " LIMIT 1")) {
            bounds.bindBefore(statement, reading, key);
            List<@Nullable String[]> rows = rows(statement, reading);
            return rows.isEmpty() ? null : rows.getFirst();
        }
    }

    @Override
    public List<List<String>> ordered(Reading reading, List<List<String>> keys)
            throws SQLException {
        List<SourceColumn> named =
                reading.key().stream().map(k -> reading.columns().get(reading.index(k))).toList();
        String order = String.join(", ", keyed(reading));
        var keysOnly = new Reading(reading.query(), named, reading.key());
        return some(keysOnly, keys, " ORDER BY " + order).stream().map(keysOnly::keyOf).toList();
    }

    @Override
    public Map<String, ColumnOrigin> traced(String sql) throws SQLException {
        Map<String, ColumnOrigin> traced = new HashMap<>();
        try (var statement = prepare(sql)) {
            var meta = statement.getMetaData();
            for (int i = 1; meta != null && i <= meta.getColumnCount(); i++) {
                String table = meta.getTableName(i);
                if (table != null && !table.isEmpty()) {
                    traced.put(
                            meta.getColumnLabel(i), new ColumnOrigin(table, meta.getColumnName(i)));
                }
            }
        }
        return traced;
    }

    private String columns(Reading reading) {
        return reading.columns().stream().map(this::select).collect(Collectors.joining(", "));
    }

    private List<@Nullable String[]> rows(PreparedStatement statement, Reading reading)
            throws SQLException {
        List<@Nullable String[]> rows = new ArrayList<>();
        int width = reading.columns().size();
        // what came over the wire is dropped as soon as it is text
        statement.setFetchSize(ROWS_AT_ONCE);
        try (var found = statement.executeQuery()) {
            while (found.next()) {
                rows.add(row(found, reading, width));
            }
        }
        return rows;
    }

    private @Nullable String[] row(ResultSet found, Reading reading, int width)
            throws SQLException {
        @Nullable String[] row = new @Nullable String[width];
        for (int i = 0; i < width; i++) {
            row[i] = text(found, i + 1, reading.columns().get(i));
        }
        return row;
    }

    @Override
    public long count(Reading reading, KeyRange range) throws SQLException {
        try (var statement = prepare("SELECT count(*)" + from(reading, range))) {
            bounds.bind(statement, reading, range);
            try (var row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    /// An SQL condition that a value meets if it is a number that adds up exactly.
    abstract String exact(String column);

    /// A value as an engine tells it from every other.
    abstract String exactly(String column);

    /// What `count(DISTINCT …)` wants of several columns.
    abstract String distinct(List<String> columns);

    /// A day or moment if its year counts and it is in the calendar, else NULL.
    abstract String day(String column, int earliest, int latest);

    /// Such a day as the text that is kept.
    ///
    /// @param moment whether its zone is known
    abstract String written(String day, boolean moment);

    @Override
    public void add(Reading reading, KeyRange range, Sought sought, Added into)
            throws SQLException {
        var query = new TotalsQuery(this, reading, sought);
        try (var statement = prepare(query.sql(from(reading, range)))) {
            bounds.bind(statement, reading, range);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    query.read(row, into);
                }
            }
        }
    }

    @Override
    public List<List<@Nullable Object>> query(String sql, int most) throws SQLException {
        try (var statement = prepare(sql);
                var found = statement.executeQuery()) {
            return Results.read(found, most);
        }
    }

    @Override
    public int parse(String sql) throws SQLException {
        return Results.parse(connection, sql);
    }

    /// FROM with the conditions of the query and of the range; never without WHERE.
    String from(Reading reading, KeyRange range) {
        String conditions = KeyBounds.within(keyed(reading), range);
        String from = " FROM " + from(reading.query());
        return from + (reading.query().where().isEmpty() ? " WHERE 1=1" : "") + conditions;
    }

    List<String> keyed(Reading reading) {
        return reading.key().stream().map(k -> keyed(reading, k)).toList();
    }

    private String keyed(Reading reading, String key) {
        return keyed(reading.columns().get(reading.index(key)));
    }

    /// A column of the key as SQL by which rows are ordered and compared, so that both mean the
    /// same.
    String keyed(SourceColumn column) {
        return "s." + quote(column.name());
    }

    /// A part of a key as it is compared.
    String bound(SourceColumn column, String value) {
        return value;
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        var statement = connection.prepareStatement(sql);
        statement.setQueryTimeout(QUERY_SECONDS);
        return statement;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
