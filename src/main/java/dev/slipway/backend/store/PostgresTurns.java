package dev.slipway.backend.store;

import static java.lang.System.Logger.Level.WARNING;

import dev.slipway.config.Database;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/// Turns by PostgreSQL's advisory locks, held by one session of this process: when the process dies
/// the server ends the session, and with it the locks. Keepalive makes it notice within about
/// twenty seconds that a machine is gone without a word.
final class PostgresTurns implements Turns {
    private static final System.Logger LOG = System.getLogger(PostgresTurns.class.getName());

    /// Keeps our lock numbers apart from those that others take in the same database.
    private static final int OURS = 0x51_1B_A7;

    private static final String KEEPALIVE =
            "SET tcp_keepalives_idle = 8; SET tcp_keepalives_interval = 4; SET tcp_keepalives_count = 3";

    private final Database database;
    private final Set<String> mine = new HashSet<>();
    private @Nullable Connection session;

    PostgresTurns(Database database) {
        this.database = database;
    }

    @Override
    public synchronized boolean mine(String task) {
        try {
            Connection open = open();
            if (mine.contains(task)) {
                return ask(open, "SELECT true");
            }
            boolean taken = lock(open, "SELECT pg_try_advisory_lock(?, hashtext(?))", task);
            if (taken) {
                mine.add(task);
            }
            return taken;
        } catch (SQLException e) {
            LOG.log(WARNING, "the turns can't be asked for: {0}", e.getMessage());
            end();
            return false;
        }
    }

    @Override
    public synchronized boolean held(String task) {
        try {
            Connection open = open();
            if (mine.contains(task)) {
                return false;
            }
            if (lock(open, "SELECT pg_try_advisory_lock(?, hashtext(?))", task)) {
                lock(open, "SELECT pg_advisory_unlock(?, hashtext(?))", task);
                return false;
            }
            return true;
        } catch (SQLException e) {
            end();
            throw new IllegalStateException("the turns can't be asked for", e);
        }
    }

    @Override
    public synchronized void close() {
        end();
    }

    private Connection open() throws SQLException {
        Connection known = session;
        if (known != null) {
            return known;
        }
        var properties = PostgresEngine.properties(database);
        properties.setProperty("socketTimeout", "5");
        Connection fresh = DriverManager.getConnection(database.url(), properties);
        try (var statement = fresh.createStatement()) {
            statement.execute(KEEPALIVE);
        }
        session = fresh;
        return fresh;
    }

    /// All that was held is let go.
    private void end() {
        mine.clear();
        Connection known = session;
        session = null;
        if (known != null) {
            try {
                known.close();
            } catch (SQLException e) {
                LOG.log(WARNING, "the session of the turns did not end well: {0}", e.getMessage());
            }
        }
    }

    private static boolean lock(Connection open, String sql, String task) throws SQLException {
        try (PreparedStatement statement = open.prepareStatement(sql)) {
            statement.setInt(1, OURS);
            statement.setString(2, task);
            return first(statement.executeQuery());
        }
    }

    private static boolean ask(Connection open, String sql) throws SQLException {
        try (PreparedStatement statement = open.prepareStatement(sql)) {
            return first(statement.executeQuery());
        }
    }

    private static boolean first(ResultSet rows) throws SQLException {
        return rows.next() && rows.getBoolean(1);
    }
}
