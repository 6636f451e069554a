package dev.slipway.backend.migration.source;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/// Asks MariaDB or MySQL how it fares.
final class MariaDbVitals implements Vitals {
    private static final String PATIENCE_MILLIS = "2000";

    /// By the engines' old name, which MySQL gave up, and the new one.
    private static final List<String> REPLICA = List.of("SHOW SLAVE STATUS", "SHOW REPLICA STATUS");

    private static final List<String> BEHIND =
            List.of("Seconds_Behind_Master", "Seconds_Behind_Source");

    private static final int SYNTAX = 1064;
    private final String url;
    private final Properties properties = new Properties();
    private @Nullable Connection connection;

    MariaDbVitals(String url, Properties properties) {
        this.url = url;
        this.properties.putAll(properties);
        this.properties.setProperty("connectTimeout", PATIENCE_MILLIS);
        this.properties.setProperty("socketTimeout", PATIENCE_MILLIS);
    }

    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    private <T> T ask(Question<T> question) throws SQLException {
        Connection open = connection;
        try {
            if (open == null) {
                open = DriverManager.getConnection(url, properties);
                connection = open;
            }
            return question.ask(open);
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    @Override
    public long threadsRunning() throws SQLException {
        return ask(
                open -> {
                    try (var statement = open.createStatement();
                            var row =
                                    statement.executeQuery(
                                            "SHOW GLOBAL STATUS LIKE 'Threads_running'")) {
                        if (row.next()) {
                            return row.getLong(2);
                        }
                        throw new SQLException("the server has no Threads_running");
                    }
                });
    }

    @Override
    public Optional<Duration> replicaLag() throws SQLException {
        return ask(MariaDbVitals::lag);
    }

    private static Optional<Duration> lag(Connection open) throws SQLException {
        SQLException last = null;
        for (String question : REPLICA) {
            try (var statement = open.createStatement();
                    var row = statement.executeQuery(question)) {
                if (row.next()) {
                    return behind(row);
                }
                throw new SQLException("the server is no replica");
            } catch (SQLException e) {
                if (e.getErrorCode() != SYNTAX) {
                    throw e;
                }
                last = e;
            }
        }
        throw new SQLException("the server knows no replicas", last);
    }

    private static Optional<Duration> behind(ResultSet row) throws SQLException {
        var meta = row.getMetaData();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            if (BEHIND.contains(meta.getColumnLabel(i))) {
                long seconds = row.getLong(i);
                return row.wasNull() ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
            }
        }
        throw new SQLException("the server does not say how far it is behind");
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // it failed before, which was told
            }
        }
    }
}
