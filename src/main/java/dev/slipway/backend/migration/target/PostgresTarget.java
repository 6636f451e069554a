package dev.slipway.backend.migration.target;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/// PostgreSQL, filled and read back by binary COPY.
final class PostgresTarget implements Target {
    private static final int WRITERS = 16;
    private static final String DISK_FULL = "53100";

    /// A chunk is kept or lost together with its ledger row, so a crash of the server may cost the
    /// last chunks, but never the truth about them; a run's end waits for the disk. No statement is
    /// long enough to be worth compiling.
    private static final String OPTIONS =
            "-c TimeZone=UTC -c DateStyle=ISO -c synchronous_commit=off -c jit=off";

    private final String url;
    private final Properties properties;
    private final boolean rehearsing;
    private final Connection connection;
    private final PostgresCatalog catalog;

    private PostgresTarget(String url, Properties properties, boolean rehearsing)
            throws SQLException {
        this.url = url;
        this.properties = properties;
        this.rehearsing = rehearsing;
        var opened = DriverManager.getConnection(url, properties);
        opened.setAutoCommit(false);
        this.connection = rehearsing ? Rehearsal.on(opened) : opened;
        this.catalog = new PostgresCatalog(connection);
    }

    /// @param rehearsing whether nothing is to last
    static PostgresTarget open(String url, String user, String password, boolean rehearsing)
            throws SQLException {
        var properties = new Properties();
        if (!user.isEmpty()) {
            properties.setProperty("user", user);
            properties.setProperty("password", password);
        }
        properties.setProperty("ApplicationName", "slipway migration");
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("options", OPTIONS);
        return new PostgresTarget(url, properties, rehearsing);
    }

    @Override
    public Target another() throws SQLException {
        return new PostgresTarget(url, properties, rehearsing);
    }

    @Override
    public int writers() {
        // what one connection rehearses no other sees
        return rehearsing ? 1 : WRITERS;
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
    public void answersWithin(Duration limit) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(limit.toMillis()));
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
        return catalog.table(name, quote(name));
    }

    private String names(List<TargetColumn> columns) {
        return columns.stream().map(c -> quote(c.name())).collect(Collectors.joining(", "));
    }

    @Override
    public Batch batch(TargetTable table, List<TargetColumn> columns) {
        String sql =
                "COPY %s (%s) FROM STDIN (FORMAT binary)"
                        .formatted(quote(table.name()), names(columns));
        return new CopyBatch(connection, sql, columns);
    }

    @Override
    public void insert(TargetTable table, List<TargetColumn> columns, List<@Nullable Object[]> rows)
            throws SQLException {
        Batch batch = batch(table, columns);
        rows.forEach(row -> batch.add(row, null));
        batch.insert(0, rows.size());
    }

    @Override
    public void add(String table, List<String> columns, List<String[]> rows, String conflict)
            throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        String sql =
                "INSERT INTO %s AS there (%s) SELECT * FROM unnest(%s) ON CONFLICT %s"
                        .formatted(
                                table,
                                String.join(", ", columns),
                                String.join(", ", Collections.nCopies(columns.size(), "?")),
                                conflict);
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.size(); i++) {
                int at = i;
                String[] values = rows.stream().map(row -> row[at]).toArray(String[]::new);
                statement.setArray(i + 1, connection.createArrayOf("text", values));
            }
            statement.executeUpdate();
        }
    }

    @Override
    public void show(
            TargetTable table, List<TargetColumn> columns, KeySpan span, CellVisitor visitor)
            throws SQLException {
        String where =
                table.primary().isEmpty() ? "" : span.where(quote(table.primary().getFirst()));
        String sql =
                "COPY (SELECT %s FROM %s%s) TO STDOUT (FORMAT binary)"
                        .formatted(names(columns), quote(table.name()), where);
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
        try {
            var reader = new CopyReader(columns);
            for (byte[] some = copy.readFromCopy(); some != null; some = copy.readFromCopy()) {
                reader.read(some, visitor);
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    @Override
    public String among(String column, Kind kind) {
        return column + " = ANY (?)";
    }

    @Override
    public String find(String columns, String table, String condition, String last) {
        // OFFSET keeps the planner from turning it into a scan with a filter
        return """
        SELECT found.* FROM unnest(?) AS wanted (value) CROSS JOIN LATERAL
        (SELECT %s FROM %s WHERE %s AND %s = wanted.value OFFSET 0) AS found"""
                .formatted(columns, table, condition, last);
    }

    @Override
    public void bindAll(PreparedStatement statement, int at, Kind kind, Collection<?> values)
            throws SQLException {
        String type = kind == Kind.INTEGER ? "int8" : "text";
        statement.setArray(at, connection.createArrayOf(type, values.toArray()));
    }

    @Override
    public @Nullable Object value(ResultSet row, int at, Kind kind) throws SQLException {
        Object value =
                switch (kind) {
                    case INTEGER -> row.getLong(at);
                    case NUMERIC -> row.getBigDecimal(at);
                    case TEXT, JSON -> row.getString(at);
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
    public void bind(
            PreparedStatement statement, int at, TargetColumn column, @Nullable Object value)
            throws SQLException {
        boolean own = column.kind() == Kind.TEXT || column.kind() == Kind.JSON;
        if (value == null) {
            statement.setNull(at, own ? Types.OTHER : Types.NULL);
        } else if (own) {
            // an enum is no text to PostgreSQL unless its type is left open
            statement.setObject(at, value, Types.OTHER);
        } else {
            bind(statement, at, value);
        }
    }

    @Override
    public boolean refusesRow(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    @Override
    public boolean full(SQLException e) {
        return DISK_FULL.equals(e.getSQLState());
    }

    @Override
    public String ledger(String table) {
        return "slipway_ledger." + table;
    }

    @Override
    public boolean hasLedger() throws SQLException {
        try (var statement =
                        connection.prepareStatement(
                                "SELECT to_regclass('slipway_ledger.run') IS NOT NULL");
                var row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    @Override
    public String ledgerHome() {
        return "CREATE SCHEMA IF NOT EXISTS slipway_ledger";
    }

    @Override
    public void run(String script) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(script);
        }
    }

    @Override
    public void oneByOne() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(hashtext('slipway_ledger'))");
        }
    }

    @Override
    public void impatient() throws SQLException {
        try (var statement = connection.createStatement()) {
            // less than deadlock_timeout, so that it is not the other one that is ended
            statement.execute("SET LOCAL lock_timeout = '500ms'");
        }
    }

    @Override
    public void durable() throws SQLException {
        connection.commit();
        try (var statement = connection.createStatement()) {
            statement.execute("SET SESSION synchronous_commit = on");
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
