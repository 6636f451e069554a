package dev.slipway.sandbox.legacy;

import dev.slipway.shop.http.Problem;

import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The application's database connections and the threads that use them, as many as such a shop
/// has. A platform thread each: a native scan would hold one of the few carriers of all virtual
/// threads.
final class Connections implements AutoCloseable {
    private static final int COUNT = 8;
    private static final int MAX_WAITING = 200;
    private static final int BUSY_MILLIS = 5_000;

    private final Path file;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(
                    COUNT,
                    COUNT,
                    1,
                    TimeUnit.MINUTES,
                    new ArrayBlockingQueue<>(MAX_WAITING),
                    Thread.ofPlatform().name("legacy-", 0).daemon().factory());

    Connections(Path file) {
        this.file = file;
    }

    /// Work with a connection.
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /// Does work on a thread that has a connection, and waits for it.
    ///
    /// @throws Problem 503 if the tables stay locked, or too many wait already
    <T> T run(Work<T> work) {
        var task = new FutureTask<>(() -> borrowed(work));
        try {
            threads.execute(task);
            return task.get();
        } catch (RejectedExecutionException e) {
            throw Problem.unavailable("Too many requests wait for the database.");
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("The shop is closing.");
        }
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        return switch (e.getCause()) {
            case Problem problem -> problem;
            case SQLiteException locked
                    when locked.getResultCode() == SQLiteErrorCode.SQLITE_BUSY ->
                    Problem.unavailable("The database is locked.");
            case null, default ->
                    new IllegalStateException("the legacy database failed", e.getCause());
        };
    }

    private <T> T borrowed(Work<T> work) throws SQLException {
        Connection connection = take();
        try {
            return work.with(connection);
        } finally {
            giveBack(connection);
        }
    }

    private Connection take() throws SQLException {
        synchronized (idle) {
            Connection connection = idle.poll();
            if (connection != null) {
                return connection;
            }
        }
        return open();
    }

    private void giveBack(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        synchronized (idle) {
            idle.push(connection);
        }
    }

    /// A rollback journal, as the shop always had it: who writes locks all others out.
    private Connection open() throws SQLException {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.DELETE);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    @Override
    public void close() throws SQLException {
        threads.shutdown();
        synchronized (idle) {
            for (Connection connection : idle) {
                connection.close();
            }
        }
    }
}
