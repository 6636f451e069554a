package dev.slipway.bench;

import dev.slipway.config.Database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// A PostgreSQL that writes to the disk what it commits, as in earnest; the one of the tests waits
/// for no disk.
public final class DurablePostgres implements AutoCloseable {
    private final EmbeddedPostgres server;
    private int databases;

    private DurablePostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    public static DurablePostgres start() throws IOException, SQLException {
        var started =
                new DurablePostgres(
                        EmbeddedPostgres.builder()
                                .setServerConfig("fsync", "on")
                                .setServerConfig("synchronous_commit", "on")
                                .start());
        started.mustBe("fsync", "on");
        started.mustBe("synchronous_commit", "on");
        return started;
    }

    private void mustBe(String setting, String value) throws SQLException {
        try (var connection = connect("postgres");
                var row = connection.createStatement().executeQuery("SHOW " + setting)) {
            row.next();
            if (!row.getString(1).equals(value)) {
                throw new IllegalStateException(setting + " is " + row.getString(1));
            }
        }
    }

    /// An empty database of its own.
    public Database fresh() throws SQLException {
        String name = "bench" + ++databases;
        try (var connection = connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " ENCODING 'UTF8' TEMPLATE template0");
        }
        return new Database(url(name), "postgres", "");
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), "postgres", "");
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
