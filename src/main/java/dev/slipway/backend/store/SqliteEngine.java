package dev.slipway.backend.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.ConnectionFactory;
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
import java.time.Instant;
import java.util.Optional;

/// The state in one SQLite file. It takes one writer at a time: within a process writes wait for
/// one connection, between processes for `busy_timeout`. So every write sees what the one before
/// left, and events are numbered in the order in which they become visible.
final class SqliteEngine implements Engine {
    private static final int BUSY_MILLIS = 15_000;
    private static final Duration PATIENCE = Duration.ofMillis(2 * BUSY_MILLIS);
    private static final int READERS = 4;

    /// Negative: in KiB.
    private static final int CACHE_KIB = -32_768;

    /// A page that is written again and again is brought from the log to its place less often.
    private static final String CHECKPOINTS = "PRAGMA wal_autocheckpoint = 8000";

    private final HikariDataSource reads;
    private final SharedCommits writer;
    private final Jdbi reader;

    private SqliteEngine(Path file) {
        reads = readers(file);
        ConnectionFactory connections = () -> writing(file);
        Jdbi writes = Jdbis.over(connections).define(Jdbis.SKIP_LOCKED, "");
        writes.setStatementBuilderFactory(KeptStatements.ofEachConnection());
        writes.setTransactionHandler(new SqliteTransactions());
        writer = new SharedCommits(writes, PATIENCE);
        reader = Jdbis.over(reads).define(Jdbis.SKIP_LOCKED, "");
        reader.setStatementBuilderFactory(KeptStatements.ofEachConnection());
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
    public Optional<Instant> serverTime() {
        return Optional.empty();
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
        reads.close();
        writer.close();
    }

    /// A server and its workers start at the same moment; one of them migrates, the others wait.
    private static void migrate(Path folder, Path file) throws IOException {
        try (var channel =
                        FileChannel.open(
                                folder.resolve("state.lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            Flyway.configure()
                    .dataSource(source(file))
                    .locations("classpath:db/state/sqlite")
                    .load()
                    .migrate();
        }
    }

    private static HikariDataSource readers(Path file) {
        var config = new HikariConfig();
        config.setPoolName("state-reader");
        config.setDataSource(source(file));
        config.setConnectionInitSql("PRAGMA query_only = ON");
        config.setMaximumPoolSize(READERS);
        config.setMaxLifetime(0);
        config.setConnectionTimeout(PATIENCE.toMillis());
        return new HikariDataSource(config);
    }

    private static Connection writing(Path file) throws SQLException {
        Connection fresh = source(file).getConnection();
        BusyHandler.setHandler(fresh, new ShortWaits(Duration.ofMillis(BUSY_MILLIS)));
        try (var statement = fresh.createStatement()) {
            statement.execute(CHECKPOINTS);
        }
        return SqliteTransactions.prepared(fresh);
    }

    private static SQLiteDataSource source(Path file) {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setTransactionMode(TransactionMode.DEFERRED);
        config.setCacheSize(CACHE_KIB);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }
}
