package dev.slipway.backend.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import dev.slipway.config.Database;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/// The state in PostgreSQL, for several servers and workers on several machines.
///
/// Features read a row and write what follows from it, as they may where there is one writer. So a
/// write is SERIALIZABLE here: where two meet, one of them is undone and done again, and neither
/// acts on what is no longer so. What many processes do many times a second goes [#alongside]: READ
/// COMMITTED, by statements that carry their guard.
final class PostgresEngine implements Engine {
    private static final int MOST_CONNECTIONS = 6;
    private static final long CONNECTION_MILLIS = 15_000;

    /// A process that hangs in a transaction must not hold everyone up. Plans must not depend on
    /// how large a table was when it was last looked at, nor a write on rows that a scan passed
    /// over.
    private static final String WRITING =
            "SET lock_timeout = '40s'; SET idle_in_transaction_session_timeout = '30s';"
                    + " SET enable_seqscan = off";

    private static final int AT_ONCE = 5_000;

    private static final String NUMBER =
            """
            UPDATE event SET seq = fresh.last + fresh.place
            FROM (SELECT written, row_number() OVER (ORDER BY written) AS place,
                    (SELECT greatest(pruned_through, coalesce((SELECT max(seq) FROM event), 0))
                     FROM event_log) AS last
                  FROM (SELECT written FROM event WHERE seq IS NULL
                        ORDER BY written LIMIT ?) AS oldest) AS fresh
            WHERE event.written = fresh.written""";

    private static final String READING = "SET idle_in_transaction_session_timeout = '60s'";

    private final HikariDataSource reads;
    private final HikariDataSource writes;
    private final HikariDataSource besides;
    private final Jdbi reader;
    private final Again writer;
    private final Again beside;
    private final Again stepper;
    private final PostgresTurns turns;

    private PostgresEngine(Database database) {
        reads = pool("state-reader", database, "TRANSACTION_REPEATABLE_READ", READING);
        writes = pool("state-writer", database, "TRANSACTION_SERIALIZABLE", WRITING);
        besides = pool("state-alongside", database, "TRANSACTION_READ_COMMITTED", WRITING);
        reader = jdbi(reads);
        writer = new Again(jdbi(writes), true);
        beside = new Again(jdbi(besides), false);
        stepper = new Again(jdbi(besides), true);
        turns = new PostgresTurns(database);
    }

    /// @throws IllegalStateException if the database can't be used, without its password
    static PostgresEngine open(Database database) {
        try {
            // takes a lock of its own: of servers that start at the same moment one migrates
            Flyway.configure()
                    .dataSource(database.url(), database.user(), database.password())
                    .locations("classpath:db/state/postgres")
                    .connectRetries(2)
                    .load()
                    .migrate();
            return new PostgresEngine(database);
        } catch (FlywayException e) {
            throw new IllegalStateException(
                    "can't use the state database %s as %s: %s"
                            .formatted(database.url(), database.user(), e.getMessage()),
                    e);
        }
    }

    @Override
    public <T, X extends Exception> T read(HandleCallback<T, X> work) throws X {
        return reader.inTransaction(work);
    }

    @Override
    public <T, X extends Exception> T write(HandleCallback<T, X> work) throws X {
        return writer.inTransaction(work);
    }

    @Override
    public <T, X extends Exception> T alongside(HandleCallback<T, X> work) throws X {
        return beside.inTransaction(work);
    }

    @Override
    public <T, X extends Exception> T inTurn(HandleCallback<T, X> work) throws X {
        return stepper.inTransaction(work);
    }

    @Override
    public <T, X extends Exception> T alone(HandleCallback<T, X> work) throws X {
        return writer.alone(work);
    }

    /// Whoever has the row of the log numbers, one after the other.
    @Override
    public void numberEvents() {
        if (!read(PostgresEngine::unnumbered)) {
            return;
        }
        int numbered;
        do {
            numbered =
                    alongside(
                            handle -> {
                                handle.execute("SELECT id FROM event_log FOR UPDATE");
                                return handle.execute(NUMBER, AT_ONCE);
                            });
        } while (numbered == AT_ONCE);
    }

    private static boolean unnumbered(Handle handle) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM event WHERE seq IS NULL)")
                .mapTo(Boolean.class)
                .one();
    }

    @Override
    public Optional<Instant> serverTime() {
        return Optional.of(
                read(
                        handle ->
                                handle.createQuery("SELECT clock_timestamp()")
                                        .mapTo(Instant.class)
                                        .one()));
    }

    @Override
    public void fold() {
        alongside(handle -> handle.execute("SELECT fold_counts()"));
    }

    @Override
    public Turns turns() {
        return turns;
    }

    @Override
    public void close() {
        turns.close();
        reads.close();
        besides.close();
        writes.close();
    }

    static Properties properties(Database database) {
        var properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        properties.setProperty("ApplicationName", "slipway");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "120");
        return properties;
    }

    private static HikariDataSource pool(
            String name, Database database, String isolation, String first) {
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(database.url());
        config.setDataSourceProperties(properties(database));
        config.setTransactionIsolation(isolation);
        config.setReadOnly(first.equals(READING));
        config.setConnectionInitSql(first);
        config.setMaximumPoolSize(MOST_CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_MILLIS);
        return new HikariDataSource(config);
    }

    private static Jdbi jdbi(HikariDataSource pool) {
        Jdbi jdbi = Jdbis.over(pool).define(Jdbis.SKIP_LOCKED, "FOR UPDATE SKIP LOCKED");
        return jdbi.registerArgument(new Text());
    }

    /// PostgreSQL keeps no text with U+0000 in it; SQLite does. An error message that holds one
    /// must not keep a job from ending.
    private static final class Text extends AbstractArgumentFactory<String> {
        Text() {
            super(Types.VARCHAR);
        }

        @Override
        protected Argument build(String value, ConfigRegistry config) {
            String kept = value.replace('\0', '\uFFFD');
            return (position, statement, _) -> statement.setString(position, kept);
        }
    }
}
