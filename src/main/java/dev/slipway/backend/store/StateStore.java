package dev.slipway.backend.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The state database, shared by the server and its workers. Everything in it is reached through
/// [#read] and [#write], which are one transaction each; that is all that another engine has to
/// keep to.
///
/// SQLite takes one writer at a time: within a process writes wait for one connection, between
/// processes for `busy_timeout`.
public final class StateStore implements AutoCloseable {
    private static final int BUSY_MILLIS = 15_000;
    private static final int READERS = 4;

    private final HikariDataSource writes;
    private final HikariDataSource reads;
    private final Jdbi writer;
    private final Jdbi reader;

    private StateStore(Path file) {
        writes = pool("state-writer", file, TransactionMode.IMMEDIATE, false, 1);
        reads = pool("state-reader", file, TransactionMode.DEFERRED, true, READERS);
        writer = jdbi(writes);
        reader = jdbi(reads);
    }

    /// Opens `state.sqlite` in a folder, which is made if there is none, and brings its schema up
    /// to date.
    ///
    /// @throws UncheckedIOException if the folder can't be used
    public static StateStore open(Path folder) {
        try {
            OwnerOnly.folder(folder);
            Path file = folder.resolve("state.sqlite");
            migrate(folder, file);
            return new StateStore(file);
        } catch (IOException e) {
            throw new UncheckedIOException("can't use the state folder " + folder, e);
        }
    }

    /// Reads in one transaction: all of it sees the database at one moment.
    public <T, X extends Exception> T read(HandleCallback<T, X> work) throws X {
        return reader.inTransaction(work);
    }

    /// Writes in one transaction. Never nested: the second would wait for the first.
    public <T, X extends Exception> T write(HandleCallback<T, X> work) throws X {
        return writer.inTransaction(work);
    }

    /// Writes in one transaction that gives nothing back.
    public <X extends Exception> void writing(HandleConsumer<X> work) throws X {
        writer.useTransaction(work);
    }

    @Override
    public void close() {
        reads.close();
        writes.close();
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
                    .dataSource(source(file, TransactionMode.DEFERRED))
                    .locations("classpath:db/state")
                    .load()
                    .migrate();
        }
    }

    private static HikariDataSource pool(
            String name, Path file, TransactionMode mode, boolean queryOnly, int size) {
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source(file, mode));
        if (queryOnly) {
            config.setConnectionInitSql("PRAGMA query_only = ON");
        }
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(2L * BUSY_MILLIS);
        return new HikariDataSource(config);
    }

    private static SQLiteDataSource source(Path file, TransactionMode mode) {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setTransactionMode(mode);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    /// A failed statement's message must not carry its arguments into a log.
    private static Jdbi jdbi(HikariDataSource pool) {
        Jdbi jdbi = Jdbi.create(pool);
        jdbi.configure(
                StatementExceptions.class,
                c -> c.setMessageRendering(MessageRendering.SHORT_STATEMENT));
        return jdbi;
    }
}
