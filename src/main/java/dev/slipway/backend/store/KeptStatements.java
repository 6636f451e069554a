package dev.slipway.backend.store;

import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilderFactory;
import org.jdbi.v3.core.statement.StatementContext;
import org.sqlite.SQLiteConnection;
import org.sqlite.core.CoreStatement;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps the parsed statements of one connection, the last used longest. To parse one costs SQLite
/// more than to run it where triggers hang on its table, and its driver keeps none. A pool that
/// does clears the parameters between two uses, upon which SQLite parses anew.
final class KeptStatements extends DefaultStatementBuilder {
    private static final int MOST = 200;

    private final Map<String, PreparedStatement> unused = new LinkedHashMap<>();
    private final Map<Statement, String> used = new IdentityHashMap<>();

    private KeptStatements() {}

    /// For connections that are replaced only when they failed, through a pool or not.
    static StatementBuilderFactory ofEachConnection() {
        Map<Connection, KeptStatements> all = new ConcurrentHashMap<>();
        return connection -> all.computeIfAbsent(physical(connection), _ -> new KeptStatements());
    }

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context)
            throws SQLException {
        if (context.isReturningGeneratedKeys()) {
            return super.create(connection, sql, context);
        }
        PreparedStatement kept = unused.remove(sql);
        PreparedStatement statement =
                kept == null ? physical(connection).prepareStatement(sql) : kept;
        used.put(statement, sql);
        return statement;
    }

    /// @param template as it was before its parameters were put in
    @Override
    public void close(Connection connection, String template, Statement statement)
            throws SQLException {
        String sql = used.remove(statement);
        if (sql == null
                || !(statement instanceof PreparedStatement prepared)
                || isBroken(statement)) {
            statement.close();
            return;
        }
        prepared.clearBatch();
        PreparedStatement second = unused.put(sql, prepared);
        if (second != null) {
            second.close();
        }
        if (unused.size() > MOST) {
            var eldest = unused.values().iterator();
            eldest.next().close();
            eldest.remove();
        }
    }

    /// After some failures, a full disk for one, the driver lets go of what it had parsed.
    private static boolean isBroken(Statement statement) {
        return statement instanceof CoreStatement known && known.pointer.isClosed();
    }

    private static Connection physical(Connection connection) {
        try {
            return connection.unwrap(SQLiteConnection.class);
        } catch (SQLException e) {
            throw new IllegalStateException("no connection of SQLite", e);
        }
    }
}
