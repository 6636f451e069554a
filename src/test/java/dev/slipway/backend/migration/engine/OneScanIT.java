package dev.slipway.backend.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.migration.Chunk;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.Validation;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.config.Database;
import dev.slipway.testing.MariaDb;
import dev.slipway.testing.Postgres;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A table that nothing indexes is read as often as a few times, not once for each chunk:
/// `-Dslipway.rows=300000` makes it large.
class OneScanIT {
    private static final int ROWS = Integer.getInteger("slipway.rows", 6_000);
    private static final int CHUNKS = 60;

    /// How often all rows may be looked at in a run, whatever the number of chunks: the key
    /// searched for duplicates, the extent, the copy, the counts and the samples.
    private static final int SCANS = 15;

    private static final String PLAN =
            """
            name: one-scan
            schema:
              postgresql:
                before: |
                  CREATE TABLE line (order_no text, sku text, cents bigint NOT NULL,
                    PRIMARY KEY (order_no, sku));
            steps:
              - name: lines
                source: {table: line}
                key: [order_no, sku]
                target: line
                chunk-rows: %d
                columns:
                  order_no: {type: text, on-missing: quarantine}
                  sku: {type: text, on-missing: quarantine}
                  cents: {type: money, from: price, store: minor, on-missing: quarantine}
            """
                    .formatted(ROWS / CHUNKS);

    /// The same letters in other cases and with other accents are one key to the source.
    private static final List<String> FILL =
            List.of(
                    "SET max_recursive_iterations = 100000000",
                    "CREATE TABLE line (order_no VARCHAR(20) COLLATE latin1_swedish_ci, sku"
                            + " VARCHAR(20), price VARCHAR(20), note VARCHAR(200)) ENGINE=MyISAM",
                    "INSERT INTO line WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM"
                            + " s WHERE n < %d) SELECT CONCAT(ELT(n %% 3 + 1, 'o', 'Ö', 'Z'), n * 7919"
                                    .formatted(ROWS)
                            + " %% %d), CONCAT('ä', FLOOR((n - 1) / %d)), IF(n %% 97 = 0, 'none',"
                                    .formatted(ROWS / 3, ROWS / 3)
                            + " CONCAT(n % 500, ',25')), CONCAT('für ', n, REPEAT('x', n % 100)) FROM s");

    /// Somewhere at the end.
    private static final String CENT =
            "UPDATE line SET cents = cents + 1 WHERE (order_no, sku) = (SELECT order_no, sku FROM line"
                    + " WHERE sku = 'ä1' ORDER BY order_no COLLATE \"C\" DESC LIMIT 1)";

    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init")
    private Database source;

    @SuppressWarnings("NullAway.Init")
    private Database target;

    @BeforeEach
    void fill() throws Exception {
        source = MariaDb.fresh();
        target = Postgres.fresh();
        try (var connection = MariaDb.connect(source);
                var statement = connection.createStatement()) {
            for (String sql : FILL) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void chunksAreCutFromOneScan() throws Exception {
        long before = looked();
        long begun = System.nanoTime();
        Outcome outcome = run(Sources.open(source), Control.GO_ON, Listener.NONE);

        double seconds = (System.nanoTime() - begun) / 1e9;
        long looked = looked() - before;
        System.out.printf(
                "one scan: %,d rows in %d chunks, %.1f s, %,d rows looked at, longest read %d ms%n",
                ROWS, CHUNKS, seconds, looked, outcome.steps().getFirst().longestReadMillis());
        assertThat(outcome.reason()).isEmpty();
        assertThat(outcome.steps().getFirst().chunksDone()).isGreaterThanOrEqualTo(CHUNKS);
        assertThat(looked).isLessThan((long) SCANS * ROWS);
        allIsThere();
    }

    /// What it was like, and that the figure above would tell.
    @Test
    void rangeByRangeEachChunkWouldScan() throws Exception {
        long before = looked();
        long begun = System.nanoTime();
        Outcome outcome = run(unsorted(Sources.open(source)), Control.GO_ON, Listener.NONE);

        double seconds = (System.nanoTime() - begun) / 1e9;
        long looked = looked() - before;
        System.out.printf(
                "range by range: %,d rows in %d chunks, %.1f s, %,d rows looked at, longest read %d ms%n",
                ROWS, CHUNKS, seconds, looked, outcome.steps().getFirst().longestReadMillis());
        assertThat(outcome.state()).isEqualTo(RunState.VALIDATED);
        assertThat(looked).isGreaterThan((long) CHUNKS * ROWS);
        allIsThere();
    }

    /// A run that ended in the middle, by whatever cause, finds its place again.
    @Test
    void whatIsDoneIsNotDoneAgain() throws Exception {
        List<Integer> told = new ArrayList<>();
        var seen =
                new Listener() {
                    @Override
                    public void chunk(Chunk chunk) {
                        told.add(chunk.number());
                    }
                };
        Outcome outcome;
        int runs = 0;
        do {
            var asked = new AtomicInteger();
            Control some =
                    () ->
                            asked.incrementAndGet() > CHUNKS / 4
                                    ? Control.Signal.PAUSE
                                    : Control.Signal.GO;
            outcome = run(Sources.open(source), some, seen);
        } while (outcome.state() == RunState.PAUSED && ++runs < 20);

        assertThat(outcome.state()).isEqualTo(RunState.VALIDATED);
        assertThat(runs).isBetween(3, 6);
        assertThat(told).doesNotHaveDuplicates();
        allIsThere();
    }

    @Test
    void aRefusedRowIsKeptWithAllThatItHeld() throws Exception {
        run(Sources.open(source), Control.GO_ON, Listener.NONE);

        assertThat(
                        number(
                                Postgres.connect(target),
                                "SELECT count(*) FROM slipway_ledger.quarantine WHERE raw_row::text"
                                        + " LIKE '%für %' AND raw_value = 'none'"))
                .isEqualTo(ROWS / 97);
    }

    @Test
    void aCellThatWasChangedIsFoundWithoutAScanPerChunk() throws Exception {
        run(Sources.open(source), Control.GO_ON, Listener.NONE);
        try (var connection = Postgres.connect(target);
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(CENT)).isEqualTo(1);
        }
        long before = looked();
        Outcome outcome = run(Sources.open(source), Control.GO_ON, Listener.NONE);

        assertThat(looked() - before).isLessThan((long) SCANS * ROWS);
        assertThat(outcome.validations().stream().filter(v -> !v.passed()).map(Validation::detail))
                .anySatisfy(
                        detail ->
                                assertThat(detail)
                                        .containsPattern("line \\p{L}\\d+, ä1 .*column cents"));
    }

    private void allIsThere() throws Exception {
        try (var from = MariaDb.connect(source);
                var to = Postgres.connect(target)) {
            assertThat(number(to, "SELECT count(*) FROM line"))
                    .isEqualTo(number(from, "SELECT count(*) FROM line WHERE price <> 'none'"))
                    .isEqualTo(ROWS - ROWS / 97);
            assertThat(number(to, "SELECT sum(cents) FROM line"))
                    .isEqualTo(
                            number(
                                    from,
                                    "SELECT sum(CAST(REPLACE(price, ',', '') AS SIGNED)) FROM line"
                                            + " WHERE price <> 'none'"));
            assertThat(number(to, "SELECT sum(rows_read) FROM slipway_ledger.chunk"))
                    .isEqualTo(ROWS);
        }
    }

    /// How many rows the server has gone through without an index, since it was started.
    private long looked() throws SQLException {
        try (var connection = MariaDb.connect(source);
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Handler_read_rnd_next'")) {
            assertThat(row.next()).isTrue();
            return row.getLong(2);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    /// A source that says that it has an index.
    private static Source unsorted(Source source) {
        return (Source)
                Proxy.newProxyInstance(
                        Source.class.getClassLoader(),
                        new Class<?>[] {Source.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("sorts")) {
                                return false;
                            }
                            try {
                                Object result = method.invoke(source, arguments);
                                return method.getName().equals("another")
                                        ? unsorted((Source) result)
                                        : result;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private Outcome run(Source from, Control control, Listener listener) throws Exception {
        var plan = PlanReader.read("one-scan.yaml", PLAN, folder);
        try (from;
                var to = Targets.open(target)) {
            return new Engine(
                            plan,
                            from,
                            to,
                            Converters.STANDARD,
                            listener,
                            control,
                            InstantSource.system(),
                            new Worker("here"))
                    .hands(2)
                    .run("one-scan");
        }
    }
}
