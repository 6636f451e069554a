package dev.slipway.backend.migration.source;

import dev.slipway.backend.migration.convert.Encoding;
import dev.slipway.backend.migration.plan.SourceQuery;
import dev.slipway.backend.migration.source.SourceColumn.Kind;

import org.jspecify.annotations.Nullable;

import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

/// MariaDB or MySQL. Dates are read as the text that stands there, so that a zero date is told from
/// NULL; text is asked for as UTF-8, into which the server turns each column's own character set
/// without loss (its `latin1` is Windows-1252 with no gaps).
final class MariaDbSource extends JdbcSource {

    private final String url;
    private final Properties properties;
    private final Settled settled = new Settled(System::nanoTime);

    private MariaDbSource(String url, Properties properties) throws SQLException {
        super(DriverManager.getConnection(url, properties));
        this.url = url;
        this.properties = properties;
        connection.setReadOnly(true);
    }

    static MariaDbSource open(String url, String user, String password) throws SQLException {
        return new MariaDbSource(url, properties(user, password));
    }

    static Properties properties(String user, String password) {
        var properties = new Properties();
        if (!user.isEmpty()) {
            properties.setProperty("user", user);
            properties.setProperty("password", password);
        }
        properties.setProperty("tinyInt1isBit", "false");
        properties.setProperty("yearIsDateType", "false");
        // a run may wait for longer than a server likes a connection to be silent
        properties.setProperty(
                "sessionVariables", "time_zone='+00:00',sql_mode='',wait_timeout=604800");
        return properties;
    }

    @Override
    public Source another() throws SQLException {
        return new MariaDbSource(url, properties);
    }

    @Override
    public Vitals vitals() {
        return new MariaDbVitals(url, properties);
    }

    @Override
    public void answersWithin(Duration limit) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(limit.toMillis()));
    }

    @Override
    public Duration ahead(InstantSource here) throws SQLException {
        Instant before = here.instant();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT unix_timestamp(now(6)) * 1000000")) {
            row.next();
            Instant there = Instant.EPOCH.plus(row.getLong(1), ChronoUnit.MICROS);
            Duration took = Duration.between(before, here.instant());
            return Duration.between(before.plus(took.dividedBy(2)), there);
        }
    }

    @Override
    public Position position() throws SQLException {
        Position end = BinlogPosition.of(connection);
        return end.known()
                ? BinlogPosition.seen(connection, end).orElseGet(() -> settled.settle(end))
                : end;
    }

    @Override
    public String quote(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    @Override
    public List<String> tables() throws SQLException {
        return query(
                        "SELECT table_name FROM information_schema.tables"
                                + " WHERE table_schema = DATABASE() ORDER BY 1",
                        100_000)
                .stream()
                .map(row -> String.valueOf(row.getFirst()))
                .toList();
    }

    @Override
    public SourceTable describe(SourceQuery query) throws SQLException {
        List<SourceColumn> columns = new ArrayList<>();
        Set<String> choices = choices(query.table());
        try (var statement =
                        connection.prepareStatement(
                                "SELECT * FROM " + rows(query) + " AS s LIMIT 0");
                var found = statement.executeQuery()) {
            var meta = found.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                String name = meta.getColumnLabel(i);
                boolean choice =
                        meta.getColumnType(i) == Types.CHAR
                                && (!query.sql().isEmpty() || choices.contains(name));
                columns.add(
                        new SourceColumn(
                                name,
                                choice
                                        ? Kind.CHOICE
                                        : kind(meta.getColumnType(i), meta.getColumnTypeName(i)),
                                meta.isNullable(i) != java.sql.ResultSetMetaData.columnNoNulls));
            }
        }
        return new SourceTable(columns, query.sql().isEmpty() ? unique(query.table()) : List.of());
    }

    /// The columns of a table that hold one of a few words. The protocol does not tell them from
    /// text, so in a query every CHAR may be one.
    private Set<String> choices(String table) throws SQLException {
        Set<String> choices = new HashSet<>();
        try (var statement =
                connection.prepareStatement(
                        "SELECT column_name FROM information_schema.columns WHERE table_schema ="
                                + " DATABASE() AND table_name = ? AND data_type IN ('enum', 'set')")) {
            statement.setString(1, table);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    choices.add(row.getString(1));
                }
            }
        }
        return choices;
    }

    /// An index over the beginning of a column, over an expression, or over a column that may be
    /// NULL does not tell each row from every other by what its columns hold.
    private List<List<String>> unique(String table) throws SQLException {
        Map<String, List<String>> indexes = new LinkedHashMap<>();
        Set<String> vague = new HashSet<>();
        try (var statement =
                connection.prepareStatement(
                        "SELECT index_name, column_name, sub_part, nullable FROM information_schema.statistics"
                                + " WHERE table_schema = DATABASE() AND table_name = ?"
                                + " AND non_unique = 0"
                                + " ORDER BY index_name <> 'PRIMARY', index_name, seq_in_index")) {
            statement.setString(1, table);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    String index = row.getString(1);
                    String column = row.getString(2);
                    if (column == null
                            || row.getObject(3) != null
                            || "YES".equals(row.getString(4))) {
                        vague.add(index);
                    } else {
                        indexes.computeIfAbsent(index, _ -> new ArrayList<>()).add(column);
                    }
                }
            }
        }
        indexes.keySet().removeAll(vague);
        return List.copyOf(indexes.values());
    }

    private static Kind kind(int type, String name) {
        return switch (type) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Kind.INTEGER;
            case Types.DECIMAL, Types.NUMERIC -> Kind.DECIMAL;
            case Types.FLOAT, Types.REAL, Types.DOUBLE -> Kind.FLOAT;
            case Types.DATE -> name.startsWith("YEAR") ? Kind.OTHER : Kind.DATE;
            case Types.TIMESTAMP -> name.startsWith("TIMESTAMP") ? Kind.TIMESTAMP : Kind.DATETIME;
            case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR -> Kind.TEXT;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> Kind.BINARY;
            default -> Kind.OTHER;
        };
    }

    @Override
    String select(SourceColumn column) {
        String name = "s." + quote(column.name());
        return switch (column.kind()) {
            case DATE, DATETIME -> "CAST(" + name + " AS CHAR)";
            // a moment bears its zone; a zero one has none
            case TIMESTAMP -> "CONCAT(CAST(" + name + " AS CHAR), IF(" + name + " = 0, '', 'Z'))";
            default -> name;
        };
    }

    /// ENUM and SET are ordered by number and compared by word: both by word here.
    @Override
    String keyed(SourceColumn column) {
        String name = "s." + quote(column.name());
        return column.kind() == Kind.CHOICE ? "CAST(" + name + " AS CHAR)" : name;
    }

    /// Without the zone that was put behind a moment.
    @Override
    String bound(SourceColumn column, String value) {
        return column.kind() == Kind.TIMESTAMP && value.endsWith("Z")
                ? value.substring(0, value.length() - 1)
                : value;
    }

    @Override
    @Nullable String text(ResultSet row, int at, SourceColumn column) throws SQLException {
        if (column.kind() != Kind.BINARY) {
            return row.getString(at);
        }
        byte[] bytes = row.getBytes(at);
        return bytes == null ? null : Encoding.decode(bytes);
    }

    @Override
    String explain() {
        return "EXPLAIN ";
    }

    @Override
    boolean sorts(ResultSet plan) throws SQLException {
        String table = Objects.requireNonNullElse(plan.getString("table"), "");
        String extra = Objects.requireNonNullElse(plan.getString("Extra"), "");
        return table.startsWith("<derived")
                || extra.contains("Using filesort")
                || extra.contains("Using temporary");
    }

    @Override
    String exact(String column) {
        return "1=1";
    }

    @Override
    String exactly(String column) {
        return "BINARY " + column;
    }

    @Override
    String distinct(List<String> columns) {
        return String.join(", ", columns);
    }

    /// Zero dates and zero days are of no calendar.
    @Override
    String day(String column, int earliest, int latest) {
        return "CASE WHEN YEAR(%1$s) BETWEEN %2$d AND %3$d AND MONTH(%1$s) > 0 AND DAYOFMONTH(%1$s) > 0 THEN %1$s END"
                .formatted(column, earliest, latest);
    }

    @Override
    String written(String day, boolean moment) {
        String text = "CAST(" + day + " AS CHAR)";
        return moment ? "CONCAT(" + text + ", 'Z')" : text;
    }
}
