package dev.slipway.client.offline;

import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// The SQLite file: one connection that writes, a few that read. A file that turns out to be
/// damaged is set aside and begun anew: all that it held can be fetched again.
final class StoreFile implements AutoCloseable {
    /// The version of the schema, in `PRAGMA user_version`.
    private static final int VERSION = 1;

    private static final System.Logger LOG = System.getLogger(StoreFile.class.getName());

    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private final Path file;
    private final InstantSource clock;
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
    private final Deque<Connection> readers = new ArrayDeque<>();
    private Connection writer;
    private volatile @Nullable Path aside;
    private boolean closed;

    private StoreFile(Path file, InstantSource clock) throws SQLException {
        this.file = file;
        this.clock = clock;
        this.writer = begin();
    }

    static StoreFile open(Path file, InstantSource clock) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            OwnerOnly.create(file);
            return new StoreFile(file, clock);
        } catch (IOException e) {
            throw new UncheckedIOException("can't open " + file, e);
        } catch (SQLException e) {
            throw new StoreException("can't open " + file, e);
        }
    }

    /// Where a damaged file was moved, or null.
    @Nullable Path aside() {
        return aside;
    }

    /// Does it all or nothing. One thread at a time.
    synchronized <T> T write(Work<T> work) {
        return retried(
                () -> {
                    Connection connection = writer;
                    boolean done = false;
                    try {
                        Sql.update(connection, "BEGIN IMMEDIATE");
                        T result = work.with(connection);
                        Sql.update(connection, "COMMIT");
                        done = true;
                        return result;
                    } finally {
                        if (!done) {
                            undo(connection);
                        }
                    }
                });
    }

    /// Runs outside of a transaction, where the writer may tidy up.
    synchronized <T> T maintain(Work<T> work) {
        return retried(() -> work.with(writer));
    }

    <T> T read(Work<T> work) {
        return retried(
                () -> {
                    Connection connection = borrow();
                    try {
                        return work.with(connection);
                    } finally {
                        giveBack(connection);
                    }
                });
    }

    @Override
    public synchronized void close() {
        gate.writeLock().lock();
        try {
            closed = true;
            closeAll();
        } finally {
            gate.writeLock().unlock();
        }
    }

    private interface Attempt<T> {
        T run() throws SQLException;
    }

    private <T> T retried(Attempt<T> attempt) {
        try {
            return guarded(attempt);
        } catch (SQLException e) {
            if (!damaged(e)) {
                throw new StoreException("the offline store failed", e);
            }
            beginAnew(e);
        }
        try {
            return guarded(attempt);
        } catch (SQLException e) {
            throw new StoreException("the offline store failed", e);
        }
    }

    private <T> T guarded(Attempt<T> attempt) throws SQLException {
        gate.readLock().lock();
        try {
            if (closed) {
                throw new StoreClosed();
            }
            return attempt.run();
        } finally {
            gate.readLock().unlock();
        }
    }

    private void beginAnew(SQLException cause) {
        gate.writeLock().lock();
        try {
            LOG.log(Level.WARNING, "{0} is damaged ({1})", file, cause.getMessage());
            closeAll();
            setAside();
            writer = begin();
        } catch (SQLException | IOException e) {
            throw new StoreException("can't begin " + file + " anew", e);
        } finally {
            gate.writeLock().unlock();
        }
    }

    private Connection begin() throws SQLException {
        try {
            return prepared();
        } catch (SQLException e) {
            if (!damaged(e)) {
                throw e;
            }
            LOG.log(Level.WARNING, "{0} is damaged ({1})", file, e.getMessage());
        }
        try {
            setAside();
        } catch (IOException e) {
            throw new UncheckedIOException("can't set " + file + " aside", e);
        }
        return prepared();
    }

    private Connection prepared() throws SQLException {
        // without WAL yet: auto_vacuum can be chosen only before anything is written
        try (Connection first = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            int version = version(first);
            if (version == 0) {
                create(first);
            } else if (version != VERSION) {
                throw new SQLException("is of version " + version, "", NOT_OURS);
            }
        }
        return connect(false);
    }

    private static final int NOT_OURS = SQLiteErrorCode.SQLITE_NOTADB.code;

    private static int version(Connection connection) throws SQLException {
        try (var select = connection.createStatement();
                var row = select.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }

    private static void create(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA auto_vacuum = INCREMENTAL");
            statement.executeUpdate(
                    "BEGIN;" + schema() + "PRAGMA user_version = " + VERSION + ";COMMIT");
        }
    }

    private static String schema() {
        try (InputStream in = StoreFile.class.getResourceAsStream("/db/console/offline.sql")) {
            if (in == null) {
                throw new IllegalStateException("the offline store's schema is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Connection connect(boolean readOnly) throws SQLException {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(5_000);
        config.setJournalSizeLimit(4 << 20);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        if (readOnly) {
            Sql.update(connection, "PRAGMA query_only = true");
        }
        return connection;
    }

    private static boolean damaged(SQLException e) {
        int code =
                e instanceof SQLiteException sqlite
                        ? sqlite.getResultCode().code
                        : e.getErrorCode();
        int primary = code & 0xff;
        return primary == SQLiteErrorCode.SQLITE_CORRUPT.code || primary == NOT_OURS;
    }

    private void setAside() throws IOException {
        Path target = file.resolveSibling(file.getFileName() + ".damaged-" + clock.millis());
        Files.move(file, target);
        for (String part : new String[] {"-wal", "-shm"}) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + part));
        }
        OwnerOnly.create(file);
        aside = target;
    }

    private Connection borrow() throws SQLException {
        synchronized (readers) {
            if (!readers.isEmpty()) {
                return readers.pop();
            }
        }
        return connect(true);
    }

    private void giveBack(Connection connection) {
        synchronized (readers) {
            readers.push(connection);
        }
    }

    private void closeAll() {
        synchronized (readers) {
            readers.forEach(StoreFile::closeQuietly);
            readers.clear();
        }
        closeQuietly(writer);
    }

    private static void undo(Connection connection) {
        try {
            Sql.update(connection, "ROLLBACK");
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "nothing to roll back: {0}", e.getMessage());
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "can''t close: {0}", e.getMessage());
        }
    }
}
