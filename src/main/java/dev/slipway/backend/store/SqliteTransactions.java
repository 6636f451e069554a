package dev.slipway.backend.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jdbi.v3.core.transaction.TransactionHandler;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

import java.sql.Connection;
import java.sql.SQLException;

/// Transactions of a connection that writes, said in SQL. SQLite's driver begins the next one
/// within `commit()`: if another process holds the file just then, it tells a commit as failed that
/// stands on the disk, and until its connection is put back it holds the file for nothing.
///
/// Each connection has one of these, and [#prepared] before it is used.
class SqliteTransactions implements TransactionHandler {
    private boolean open;

    /// Has the driver leave transactions alone.
    ///
    /// @param fresh whose driver begins deferred transactions: it waits for nobody
    static Connection prepared(Connection fresh) throws SQLException {
        try {
            fresh.setAutoCommit(false);
            execute(fresh, "COMMIT");
            return fresh;
        } catch (SQLException e) {
            fresh.close();
            throw e;
        }
    }

    @Override
    public TransactionHandler specialize(Handle handle) {
        return new SqliteTransactions();
    }

    @Override
    public void begin(Handle handle) {
        execute(handle, "BEGIN IMMEDIATE");
        open = true;
    }

    @Override
    public void commit(Handle handle) {
        execute(handle, "COMMIT");
        open = false;
    }

    /// SQLite itself rolls back after some faults (a full disk): then there is nothing to undo.
    @Override
    public void rollback(Handle handle) {
        open = false;
        execute(handle, "ROLLBACK");
    }

    @Override
    public boolean isInTransaction(Handle handle) {
        return open;
    }

    @Override
    public void savepoint(Handle handle, String name) {
        execute(handle, "SAVEPOINT " + name);
    }

    @Override
    public void rollbackToSavepoint(Handle handle, String name) {
        execute(handle, "ROLLBACK TO " + name);
    }

    @Override
    public void releaseSavepoint(Handle handle, String name) {
        execute(handle, "RELEASE " + name);
    }

    @Override
    public <R, X extends Exception> R inTransaction(Handle handle, HandleCallback<R, X> work)
            throws X {
        begin(handle);
        boolean done = false;
        try {
            R result = work.withHandle(handle);
            commit(handle);
            done = true;
            return result;
        } finally {
            if (!done) {
                rollback(handle);
            }
        }
    }

    /// SQLite knows one isolation, the strictest.
    @Override
    public <R, X extends Exception> R inTransaction(
            Handle handle, TransactionIsolationLevel level, HandleCallback<R, X> work) throws X {
        return inTransaction(handle, work);
    }

    private static void execute(Handle handle, String sql) {
        try {
            execute(handle.getConnection(), sql);
        } catch (SQLException e) {
            throw new TransactionException(sql + " failed: " + e.getMessage(), e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
