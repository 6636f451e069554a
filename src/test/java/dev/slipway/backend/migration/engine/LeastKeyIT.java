package dev.slipway.backend.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.source.KeyRange;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.config.Database;
import dev.slipway.testing.Postgres;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Several rows share a natural key and none is merged: others find the one with the least source
/// key, whichever hand writes first.
class LeastKeyIT {
    private static final String PLAN =
            """
            name: least-key
            schema:
              postgresql:
                before: |
                  CREATE TABLE player (id integer PRIMARY KEY, team text NOT NULL);
                  CREATE TABLE game (id integer PRIMARY KEY, captain integer NOT NULL);
            steps:
              - name: players
                source: {table: player}
                key: id
                target: player
                chunk-rows: 10
                match:
                  team: {columns: team, normal: [lower]}
                columns:
                  id: {type: integer, on-missing: quarantine}
                  team: {type: text, on-missing: quarantine}
              - name: games
                source: {table: game}
                key: id
                target: game
                columns:
                  id: {type: integer, on-missing: quarantine}
                  captain: {type: lookup, from: team, step: players, by: team, on-missing: quarantine}
            """;

    @TempDir Path folder;

    @Test
    void theLeastSourceKeyHasIt() throws Exception {
        var source = new Database("jdbc:sqlite:" + folder.resolve("s.db"), "", "");
        try (var connection = DriverManager.getConnection(source.url());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE player (id INTEGER PRIMARY KEY, team TEXT)");
            statement.execute("CREATE TABLE game (id INTEGER PRIMARY KEY, team TEXT)");
            statement.execute(
                    "INSERT INTO player WITH RECURSIVE s (n) AS (SELECT 5 UNION ALL SELECT n + 1 FROM s"
                            + " WHERE n < 204) SELECT n, CASE WHEN n % 2 THEN 'T' ELSE 't' END || (n % 7)"
                            + " FROM s");
            statement.execute(
                    "INSERT INTO game SELECT n.id - 4, 't' || (n.id % 7) FROM player n LIMIT 7");
        }
        Database target = Postgres.fresh();
        // the chunk with the least keys is the last one to be written
        var others = new CountDownLatch(10);
        try (var from = held(Sources.open(source), others, new AtomicInteger());
                var to = Targets.open(target)) {
            Outcome outcome =
                    new Engine(
                                    PlanReader.read("least-key.yaml", PLAN, folder),
                                    from,
                                    to,
                                    Converters.STANDARD,
                                    Listener.NONE,
                                    Control.GO_ON,
                                    InstantSource.system(),
                                    new Worker("here"))
                            .hands(2)
                            .run("least-key");

            assertThat(outcome.reason()).isEmpty();
        }
        assertThat(others.getCount()).isZero();
        try (var connection = Postgres.connect(target);
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "SELECT string_agg(captain::text, ' ' ORDER BY captain) FROM game")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("5 6 7 8 9 10 11");
        }
    }

    /// Holds the players' first chunk back until others were read.
    private static Source held(Source source, CountDownLatch others, AtomicInteger reads) {
        return (Source)
                Proxy.newProxyInstance(
                        Source.class.getClassLoader(),
                        new Class<?>[] {Source.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("read")
                                    && arguments[1] instanceof KeyRange range) {
                                if (range.after().isEmpty() && reads.getAndIncrement() == 0) {
                                    assertThat(others.await(60, TimeUnit.SECONDS)).isTrue();
                                } else {
                                    others.countDown();
                                }
                            }
                            try {
                                Object result = method.invoke(source, arguments);
                                return method.getName().equals("another")
                                        ? held((Source) result, others, reads)
                                        : result;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }
}
