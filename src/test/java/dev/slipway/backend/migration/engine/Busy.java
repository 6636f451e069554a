package dev.slipway.backend.migration.engine;

import static dev.slipway.testing.Eventually.eventually;

import dev.slipway.config.Database;
import dev.slipway.testing.MariaDb;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Connections whose server threads are busy.
final class Busy implements AutoCloseable {
    private final Connection control;
    private final List<Connection> connections = new ArrayList<>();
    private final Database database;

    Busy(Database database) throws SQLException {
        this.database = database;
        this.control = MariaDb.connect(database);
    }

    /// Returns when the server says that so many are at work.
    void begin(int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            Connection connection = MariaDb.connect(database);
            connections.add(connection);
            Thread.ofVirtual().start(() -> sleep(connection));
        }
        eventually("the server's threads work", () -> sleeping() == count);
    }

    private static void sleep(Connection connection) {
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT SLEEP(600)");
        } catch (SQLException e) {
            // killed
        }
    }

    private long sleeping() {
        return ask(
                "SELECT count(*) FROM information_schema.processlist"
                        + " WHERE info = 'SELECT SLEEP(600)'");
    }

    long transactions() {
        return ask("SELECT count(*) FROM information_schema.innodb_trx");
    }

    private long ask(String sql) {
        try (var statement = control.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void end() throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (var statement = control.createStatement();
                var row =
                        statement.executeQuery(
                                "SELECT id FROM information_schema.processlist"
                                        + " WHERE info = 'SELECT SLEEP(600)'")) {
            while (row.next()) {
                ids.add(row.getLong(1));
            }
        }
        try (var statement = control.createStatement()) {
            for (long id : ids) {
                statement.execute("KILL CONNECTION " + id);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        end();
        for (Connection connection : connections) {
            connection.close();
        }
        control.close();
    }
}
