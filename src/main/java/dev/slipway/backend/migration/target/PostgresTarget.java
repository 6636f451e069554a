package dev.slipway.backend.migration.target;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/// PostgreSQL, filled by COPY.
final class PostgresTarget implements Target {
    private static final String COLUMNS =
            """
            SELECT a.attname, format_type(a.atttypid, a.atttypmod), t.typname,
                   a.attnotnull AND d.oid IS NULL AND a.attidentity = ''
            FROM pg_attribute a
            JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
              AND a.attgenerated = ''
            ORDER BY a.attnum""";
    private static final String UNIQUE =
            """
            SELECT i.indisprimary,
                   (SELECT array_agg(a.attname::text ORDER BY k.n)
                    FROM unnest(i.indkey::int2[]) WITH ORDINALITY k(num, n)
                    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num)
            FROM pg_index i
            WHERE i.indrelid = to_regclass(?) AND i.indisunique AND i.indpred IS NULL
              AND i.indexprs IS NULL
            ORDER BY i.indisprimary DESC, i.indexrelid""";
    private static final String FOREIGN =
            """
            SELECT (SELECT array_agg(a.attname::text ORDER BY k.n)
                    FROM unnest(c.conkey) WITH ORDINALITY k(num, n)
                    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num),
                   f.relname,
                   (SELECT array_agg(a.attname::text ORDER BY k.n)
                    FROM unnest(c.confkey) WITH ORDINALITY k(num, n)
                    JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.num)
            FROM pg_constraint c JOIN pg_class f ON f.oid = c.confrelid
            WHERE c.conrelid = to_regclass(?) AND c.contype = 'f'
            ORDER BY c.conname""";

    private final Connection connection;

    private PostgresTarget(Connection connection) {
        this.connection = connection;
    }

    static PostgresTarget open(String url, String user, String password) throws SQLException {
        var properties = new Properties();
        if (!user.isEmpty()) {
            properties.setProperty("user", user);
            properties.setProperty("password", password);
        }
        properties.setProperty("ApplicationName", "slipway migration");
        properties.setProperty("options", "-c TimeZone=UTC -c DateStyle=ISO");
        var connection = DriverManager.getConnection(url, properties);
        connection.setAutoCommit(false);
        return new PostgresTarget(connection);
    }

    @Override
    public String dialect() {
        return "postgresql";
    }

    @Override
    public String engine() throws SQLException {
        return "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion();
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public List<String> tables() throws SQLException {
        List<String> names = new ArrayList<>();
        try (var statement =
                        connection.prepareStatement(
                                "SELECT table_name FROM information_schema.tables"
                                        + " WHERE table_schema = ANY (current_schemas(false))"
                                        + " ORDER BY 1");
                var row = statement.executeQuery()) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    @Override
    public Optional<TargetTable> table(String name) throws SQLException {
        List<TargetColumn> columns = new ArrayList<>();
        List<String> primary = new ArrayList<>();
        List<List<String>> unique = new ArrayList<>();
        List<ForeignKey> foreign = new ArrayList<>();
        each(
                COLUMNS,
                name,
                row ->
                        columns.add(
                                new TargetColumn(
                                        row.getString(1),
                                        kind(row.getString(3)),
                                        row.getString(2),
                                        row.getBoolean(4))));
        each(
                UNIQUE,
                name,
                row -> {
                    unique.add(texts(row, 2));
                    if (row.getBoolean(1)) {
                        primary.addAll(texts(row, 2));
                    }
                });
        each(
                FOREIGN,
                name,
                row -> foreign.add(new ForeignKey(texts(row, 1), row.getString(2), texts(row, 3))));
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of(new TargetTable(name, columns, primary, unique, foreign));
    }

    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private void each(String sql, String table, Row take) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, quote(table));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    take.take(row);
                }
            }
        }
    }

    private static List<String> texts(ResultSet row, int at) throws SQLException {
        return Arrays.asList((String[]) row.getArray(at).getArray());
    }

    private static Kind kind(String type) {
        return switch (type) {
            case "int2", "int4", "int8" -> Kind.INTEGER;
            case "numeric" -> Kind.NUMERIC;
            case "bool" -> Kind.BOOLEAN;
            case "date" -> Kind.DATE;
            case "timestamptz" -> Kind.MOMENT;
            case "text", "varchar", "citext" -> Kind.TEXT;
            default -> Kind.OTHER;
        };
    }

    @Override
    public void insert(TargetTable table, List<TargetColumn> columns, List<@Nullable Object[]> rows)
            throws SQLException {
        String names = columns.stream().map(c -> quote(c.name())).collect(Collectors.joining(", "));
        var copy =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("COPY " + quote(table.name()) + " (" + names + ") FROM STDIN");
        try {
            var text = new CopyText();
            for (@Nullable Object[] row : rows) {
                text.row(row);
                if (text.full()) {
                    write(copy, text);
                }
            }
            write(copy, text);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static void write(org.postgresql.copy.CopyIn copy, CopyText text) throws SQLException {
        byte[] bytes = text.take();
        copy.writeToCopy(bytes, 0, bytes.length);
    }

    @Override
    public @Nullable Object value(ResultSet row, int at, Kind kind) throws SQLException {
        Object value =
                switch (kind) {
                    case INTEGER -> row.getLong(at);
                    case NUMERIC -> row.getBigDecimal(at);
                    case TEXT -> row.getString(at);
                    case BOOLEAN -> row.getBoolean(at);
                    case DATE -> row.getObject(at, LocalDate.class);
                    case MOMENT -> {
                        var moment = row.getObject(at, OffsetDateTime.class);
                        yield moment == null ? null : moment.toInstant();
                    }
                    case OTHER -> throw new SQLException("a column of a type that is not known");
                };
        return row.wasNull() ? null : value;
    }

    @Override
    public void bind(PreparedStatement statement, int at, Object value) throws SQLException {
        switch (value) {
            case Long number -> statement.setLong(at, number);
            case BigDecimal number -> statement.setBigDecimal(at, number);
            case Instant moment -> statement.setObject(at, moment.atOffset(ZoneOffset.UTC));
            default -> statement.setObject(at, value);
        }
    }

    @Override
    public boolean refusesRow(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    @Override
    public String ledger(String table) {
        return "slipway." + table;
    }

    @Override
    public boolean hasLedger() throws SQLException {
        try (var statement =
                        connection.prepareStatement(
                                "SELECT to_regclass('slipway.run') IS NOT NULL");
                var row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    @Override
    public String ledgerHome() {
        return "CREATE SCHEMA IF NOT EXISTS slipway";
    }

    @Override
    public void run(String script) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(script);
        }
    }

    @Override
    public void durable() throws SQLException {
        // every commit is
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /// Rows in the text form of COPY.
    private static final class CopyText {
        private static final int FULL = 65_536;
        private final StringBuilder text = new StringBuilder(FULL + 4_096);

        void row(@Nullable Object[] values) {
            for (int i = 0; i < values.length; i++) {
                if (i > 0) {
                    text.append('\t');
                }
                value(values[i]);
            }
            text.append('\n');
        }

        private void value(@Nullable Object value) {
            switch (value) {
                case null -> text.append("\\N");
                case String words -> escaped(words);
                case BigDecimal number -> text.append(number.toPlainString());
                case Boolean truth -> text.append(truth ? 't' : 'f');
                default -> text.append(value);
            }
        }

        private void escaped(String words) {
            for (int i = 0; i < words.length(); i++) {
                char c = words.charAt(i);
                switch (c) {
                    case '\\' -> text.append("\\\\");
                    case '\n' -> text.append("\\n");
                    case '\r' -> text.append("\\r");
                    case '\t' -> text.append("\\t");
                    default -> text.append(c);
                }
            }
        }

        boolean full() {
            return text.length() >= FULL;
        }

        byte[] take() {
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            text.setLength(0);
            return bytes;
        }
    }
}
