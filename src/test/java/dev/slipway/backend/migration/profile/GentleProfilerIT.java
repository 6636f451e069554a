package dev.slipway.backend.migration.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.migration.Waiting;
import dev.slipway.backend.migration.plan.Throttle;
import dev.slipway.backend.migration.source.KeyRange;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.throttle.Gate;
import dev.slipway.config.Database;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/// A source that is only looked at may be at work: what is asked of it is short, and waits.
class GentleProfilerIT {
    private static final int BUYERS = 300;
    private static final int SALES = 12_000;
    private static final Waiting BUSY =
            new Waiting("Threads_running 31 is above 20", Instant.EPOCH, null);

    @TempDir Path folder;
    private final List<Integer> limits = new ArrayList<>();
    private final List<KeyRange> counted = new ArrayList<>();
    private final List<String> queries = new ArrayList<>();
    private final List<@Nullable Waiting> waits = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private String told = "";
    private long done;
    private long all;

    @BeforeEach
    void fill() throws Exception {
        try (var connection = DriverManager.getConnection(url());
                var statement = connection.createStatement()) {
            statement.executeUpdate(
                    """
                    CREATE TABLE buyers (buyer_id INTEGER PRIMARY KEY, name TEXT);
                    CREATE TABLE sales (id INTEGER PRIMARY KEY, buyer_id INT);
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                      INSERT INTO buyers SELECT i, 'buyer ' || i FROM n;
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                      INSERT INTO sales SELECT i,
                        CASE WHEN i %% 100 = 0 THEN 9999 WHEN i %% 7 = 0 THEN NULL ELSE i %% 300 + 1 END
                      FROM n
                    """
                            .formatted(BUYERS, SALES));
        }
    }

    /// Whole tables are never counted or joined in one piece, and no read is longer than it must
    /// be.
    @Test
    void whatAKeyNamesIsReadPieceByPiece() throws Exception {
        Profiler profiler = profiler(Gate.OPEN, Throttle.NONE);

        String text = profiler.profile().text();

        assertThat(queries).isEmpty();
        assertThat(limits).isNotEmpty().allMatch(limit -> limit <= 5_000);
        assertThat(counted).hasSizeGreaterThanOrEqualTo(3).doesNotContain(KeyRange.ALL);
        long orphans =
                number(
                        "SELECT count(*) FROM sales WHERE buyer_id NOT IN (SELECT buyer_id FROM buyers)");
        assertThat(text)
                .contains("sales: 12,000 rows, key id")
                .contains(
                        "buyer_id seems to name a row of buyers: %d of its rows lead nowhere"
                                .formatted(orphans));
        assertThat(orphans).isPositive();
        assertThat(profiler.longest().took()).isPositive();
        assertThat(profiler.longest().what()).isNotEqualTo("nothing");
        assertThat(told).isEqualTo("following sales");
        // each row is counted, read and tried; those of sales are followed too
        assertThat(all).isEqualTo(3L * BUYERS + 4L * SALES);
        assertThat(done).isBetween(all, all + 3);
    }

    @Test
    void aSlowSourceIsReadInSmallerPieces() throws Exception {
        profiler(
                        Gate.OPEN,
                        new Throttle(0, null, List.of(), null, List.of(), 0, Duration.ofNanos(1)))
                .profile();

        assertThat(limits).filteredOn(limit -> limit == 200).hasSizeGreaterThan(100);
    }

    @Test
    void eachReadWaitsForTheGateAndTheRate() throws Exception {
        Gate busyEachThird =
                () ->
                        asked.incrementAndGet() % 3 == 0
                                ? new Gate.Word.Wait(BUSY)
                                : new Gate.Word.Go();
        long begun = System.nanoTime();
        // the buyers, three times
        int rate = 600;
        try (var connection = DriverManager.getConnection(url());
                var statement = connection.createStatement()) {
            statement.executeUpdate("DROP TABLE sales");
        }

        profiler(
                        busyEachThird,
                        new Throttle(
                                0, null, List.of(), null, List.of(), rate, Throttle.LONGEST_READ))
                .profile();

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isGreaterThan(Duration.ofMillis(1000L * 2 * BUYERS / rate));
        assertThat(asked.get()).isGreaterThan(limits.size());
        assertThat(waits).contains(BUSY);
        assertThat(waits.getLast()).isNull();
    }

    private Profiler profiler(Gate gate, Throttle pace) throws Exception {
        Source real = Sources.open(new Database(url(), "", ""));
        var source =
                (Source)
                        Proxy.newProxyInstance(
                                Source.class.getClassLoader(),
                                new Class<?>[] {Source.class},
                                (_, method, arguments) -> {
                                    switch (method.getName()) {
                                        case "read" -> limits.add((Integer) arguments[2]);
                                        case "count" -> counted.add((KeyRange) arguments[1]);
                                        case "query" -> queries.add((String) arguments[0]);
                                        default -> {}
                                    }
                                    try {
                                        return method.invoke(real, arguments);
                                    } catch (InvocationTargetException e) {
                                        throw Objects.requireNonNull(e.getCause());
                                    }
                                });
        return new Profiler(source, Long.MAX_VALUE, gate, pace, new Remembering());
    }

    private final class Remembering implements Heard {
        @Override
        public void at(String what, long rows, long of) {
            told = what;
            done = rows;
            all = of;
        }

        @Override
        public void waiting(@Nullable Waiting why) {
            waits.add(why);
        }
    }

    private String url() {
        return "jdbc:sqlite:" + folder.resolve("legacy.db");
    }

    private long number(String sql) throws Exception {
        try (var connection = DriverManager.getConnection(url());
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }
}
