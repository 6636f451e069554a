package dev.slipway.backend.store;

import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.commons.dbcp2.ConnectionFactory;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.BusyHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// The state in one SQLite file. It takes one writer at a time: within a process writes wait for
/// one connection, between processes for `busy_timeout`. So every write sees what the one before
/// left, and events are numbered in the order in which they become visible.
final class SqliteEngine implements Engine {
    private static final int BUSY_MILLIS = 15_000;
    private static final Duration PATIENCE = Duration.ofMillis(2 * BUSY_MILLIS);
    private static final int READERS = 4;
    private static final int STATEMENTS = 300;

    /// Negative: in KiB.
    private static final int CACHE_KIB = -32_768;

    private final BasicDataSource writes;
    private final BasicDataSource reads;
    private final SharedCommits writer;
    private final Jdbi reader;

    private SqliteEngine(Path file) {
        writes = pool(file, TransactionMode.IMMEDIATE, List.of(), 1);
        reads = pool(file, TransactionMode.DEFERRED, List.of("PRAGMA query_only = ON"), READERS);
        writer = new SharedCommits(Jdbis.over(writes).define(Jdbis.SKIP_LOCKED, ""), PATIENCE);
        reader = Jdbis.over(reads).define(Jdbis.SKIP_LOCKED, "");
    }

    static SqliteEngine open(Path folder) throws IOException {
        OwnerOnly.folder(folder);
        Path file = folder.resolve("state.sqlite");
        migrate(folder, file);
        return new SqliteEngine(file);
    }

    @Override
    public <T, X extends Exception> T read(HandleCallback<T, X> work) throws X {
        return reader.inTransaction(work);
    }

    @Override
    public <T, X extends Exception> T write(HandleCallback<T, X> work) throws X {
        return writer.write(work);
    }

    @Override
    public <T, X extends Exception> T alongside(HandleCallback<T, X> work) throws X {
        return writer.write(work);
    }

    @Override
    public <T, X extends Exception> T inTurn(HandleCallback<T, X> work) throws X {
        return writer.write(work);
    }

    @Override
    public <T, X extends Exception> T alone(HandleCallback<T, X> work) throws X {
        return writer.write(work);
    }

    @Override
    public void numberEvents() {
        // they were numbered as they were written
    }

    @Override
    public void fold() {
        // each count is one row
    }

    /// One server has the folder.
    @Override
    public Turns turns() {
        return Turns.ALONE;
    }

    @Override
    public void close() {
        try (writes) {
            reads.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the state database could not be closed", e);
        }
    }

    /// A server and its workers start at the same moment; one of them migrates, the others wait.
    private static void migrate(Path folder, Path file) throws IOException {
        try (var channel =
                        FileChannel.open(
                                folder.resolve("state.lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            var source = new SQLiteDataSource(config(TransactionMode.DEFERRED));
            source.setUrl("jdbc:sqlite:" + file);
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:db/state/sqlite")
                    .load()
                    .migrate();
        }
    }

    /// To parse a statement costs SQLite more than to run it, where triggers hang on its table; so
    /// each connection keeps those that it has parsed.
    private static BasicDataSource pool(
            Path file, TransactionMode mode, List<String> first, int size) {
        var pool = new Pool();
        pool.setUrl("jdbc:sqlite:" + file);
        config(mode)
                .toProperties()
                .forEach((name, value) -> pool.addConnectionProperty(name + "", value + ""));
        pool.setConnectionInitSqls(first);
        pool.setPoolPreparedStatements(true);
        pool.setMaxOpenPreparedStatements(STATEMENTS);
        pool.setTestOnBorrow(false);
        pool.setMaxTotal(size);
        pool.setMaxIdle(size);
        pool.setMaxWait(PATIENCE);
        return pool;
    }

    private static SQLiteConfig config(TransactionMode mode) {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setTransactionMode(mode);
        config.setCacheSize(CACHE_KIB);
        return config;
    }

    private static final class Pool extends BasicDataSource {
        @Override
        protected ConnectionFactory createConnectionFactory() throws SQLException {
            ConnectionFactory factory = super.createConnectionFactory();
            return () -> {
                Connection fresh = factory.createConnection();
                BusyHandler.setHandler(fresh, new ShortWaits(Duration.ofMillis(BUSY_MILLIS)));
                return fresh;
            };
        }
    }
}
