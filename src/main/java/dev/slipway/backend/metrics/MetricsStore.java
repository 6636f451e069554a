package dev.slipway.backend.metrics;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import dev.slipway.api.metrics.Pool;

import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The metrics database: what the edge measured, kept for a day. It is a file of its own, so that a
/// flood of measurements never keeps a launch or a job waiting for the writer.
public final class MetricsStore implements AutoCloseable {
    private static final int BUSY_MILLIS = 10_000;
    private static final int CONNECTIONS = 3;

    private final Path folder;
    private @Nullable HikariDataSource pool;
    private @Nullable Jdbi jdbi;

    private MetricsStore(Path folder) {
        this.folder = folder;
    }

    /// The store in `metrics.sqlite` of a folder. It is opened, and its schema brought up to date,
    /// when it is first used: a worker only reads it.
    public static MetricsStore at(Path folder) {
        return new MetricsStore(folder);
    }

    /// Where the edge's own count stands: what it gave last.
    ///
    /// @param epoch changes when the edge was started anew
    record Position(String epoch, long seq) {
        static final Position NONE = new Position("", 0);
    }

    /// An interval and its number at the edge.
    record Numbered(String epoch, long seq, Sample sample) {}

    @Override
    public synchronized void close() {
        if (pool != null) {
            pool.close();
        }
    }

    private synchronized Jdbi jdbi() {
        Jdbi opened = jdbi;
        if (opened == null) {
            pool = open(folder);
            opened = Jdbi.create(pool);
            jdbi = opened;
        }
        return opened;
    }

    private static HikariDataSource open(Path folder) {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        // the last second may be lost with the power; the edge gives it again
        config.setSynchronous(SynchronousMode.NORMAL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + folder.resolve("metrics.sqlite"));
        Flyway.configure().dataSource(source).locations("classpath:db/metrics").load().migrate();
        var hikari = new HikariConfig();
        hikari.setPoolName("metrics");
        hikari.setDataSource(source);
        hikari.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(hikari);
    }

    /// Reads, outside of any transaction.
    <T> T read(Function<Handle, T> work) {
        return jdbi().withHandle(work::apply);
    }

    /// What was stored last.
    Position position() {
        return read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT epoch, max(seq) AS seq FROM interval
                                        WHERE epoch = (SELECT epoch FROM interval
                                            ORDER BY from_ms DESC, seq DESC LIMIT 1)
                                        HAVING max(seq) IS NOT NULL""")
                                .map(
                                        (row, _) ->
                                                new Position(
                                                        row.getString("epoch"), row.getLong("seq")))
                                .findOne()
                                .orElse(Position.NONE));
    }

    /// Stores what is not stored yet.
    ///
    /// @return those that were new
    List<Numbered> store(List<Numbered> intervals) {
        return jdbi().inTransaction(
                        handle -> {
                            List<Numbered> fresh = new ArrayList<>();
                            for (Numbered interval : intervals) {
                                if (insert(handle, interval)) {
                                    fresh.add(interval);
                                }
                            }
                            return fresh;
                        });
    }

    private static boolean insert(Handle handle, Numbered interval) {
        Sample sample = interval.sample;
        return handle.createUpdate(
                                """
                                INSERT INTO interval VALUES (:epoch, :seq, :pool, :route, :from,
                                    :millis, :histogram, :errors, :orders, :value, :currency)
                                ON CONFLICT DO NOTHING""")
                        .bind("epoch", interval.epoch)
                        .bind("seq", interval.seq)
                        .bind("pool", sample.pool().name())
                        .bind("route", sample.route())
                        .bind("from", sample.from().toEpochMilli())
                        .bind("millis", sample.millis())
                        .bind("histogram", sample.encoded())
                        .bind("errors", sample.errors())
                        .bind("orders", sample.orders())
                        .bind("value", sample.orderValue().toPlainString())
                        .bind("currency", sample.currency())
                        .execute()
                > 0;
    }

    /// When the latest interval began.
    Optional<Instant> latest() {
        return read(
                handle ->
                        handle.createQuery("SELECT max(from_ms) FROM interval")
                                .mapTo(Long.class)
                                .findOne()
                                .map(Instant::ofEpochMilli));
    }

    /// The intervals that began in a range, by time.
    ///
    /// @param from inclusive
    /// @param to exclusive
    List<Sample> intervals(Instant from, Instant to) {
        return read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT * FROM interval
                                        WHERE from_ms >= :from AND from_ms < :to
                                        ORDER BY from_ms, pool, route""")
                                .bind("from", from.toEpochMilli())
                                .bind("to", to.toEpochMilli())
                                .map((row, _) -> sample(row))
                                .list());
    }

    /// The rows of single routes in the buckets of a length that began in a range, by time.
    ///
    /// @param from inclusive
    /// @param to exclusive
    List<Sample> buckets(Duration every, Instant from, Instant to) {
        return read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT * FROM bucket
                                        WHERE every = :every AND from_ms >= :from AND from_ms < :to
                                          AND route <> :all
                                        ORDER BY from_ms, pool, route""")
                                .bind("every", every.toMillis())
                                .bind("from", from.toEpochMilli())
                                .bind("to", to.toEpochMilli())
                                .bind("all", Sample.ALL)
                                .map((row, _) -> sample(row))
                                .list());
    }

    /// Writes a bucket's rows in the place of those that stood there.
    void bucket(Duration every, Instant from, List<Sample> samples) {
        jdbi().useTransaction(
                        handle -> {
                            PreparedBatch batch =
                                    handle.prepareBatch(
                                            """
                                    INSERT OR REPLACE INTO bucket VALUES (:every, :from, :pool,
                                        :route, :millis, :histogram, :errors, :orders, :value,
                                        :currency)""");
                            for (Sample sample : samples) {
                                batch.bind("every", every.toMillis())
                                        .bind("from", from.toEpochMilli())
                                        .bind("pool", sample.pool().name())
                                        .bind("route", sample.route())
                                        .bind("millis", sample.millis())
                                        .bind("histogram", sample.encoded())
                                        .bind("errors", sample.errors())
                                        .bind("orders", sample.orders())
                                        .bind("value", sample.orderValue().toPlainString())
                                        .bind("currency", sample.currency())
                                        .add();
                            }
                            batch.execute();
                        });
    }

    /// The start of the newest bucket.
    Optional<Instant> lastBucket(Duration every) {
        return read(
                handle ->
                        handle.createQuery("SELECT max(from_ms) FROM bucket WHERE every = :every")
                                .bind("every", every.toMillis())
                                .mapTo(Long.class)
                                .findOne()
                                .map(Instant::ofEpochMilli));
    }

    /// Forgets what began before.
    void prune(Instant before) {
        jdbi().useTransaction(
                        handle -> {
                            handle.execute(
                                    "DELETE FROM interval WHERE from_ms < ?",
                                    before.toEpochMilli());
                            handle.execute(
                                    "DELETE FROM bucket WHERE from_ms < ?", before.toEpochMilli());
                        });
    }

    static Sample sample(ResultSet row) throws SQLException {
        return new Sample(
                Pool.valueOf(row.getString("pool")),
                row.getString("route"),
                Instant.ofEpochMilli(row.getLong("from_ms")),
                row.getLong("millis"),
                row.getBytes("histogram"),
                row.getLong("errors"),
                row.getLong("orders"),
                new BigDecimal(row.getString("order_value")),
                row.getString("currency"));
    }
}
