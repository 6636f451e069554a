package dev.slipway.backend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.config.Database;
import dev.slipway.testing.KillableMariaDb;
import dev.slipway.testing.KillablePostgres;
import dev.slipway.testing.MariaDb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/// A shop in real engines that crash: rows that merge, rows that the run numbers, and a table that
/// nothing indexes. What must come of it is counted here by SQL, never by the engine.
final class CrashingShop implements AutoCloseable {
    static final int ITEMS = 12_000;
    static final int LINES = 6_000;
    static final int CHUNK = 100;
    static final int CHUNKS = 2 * ITEMS / CHUNK + LINES / CHUNK;

    private static final String PLAN =
            """
            name: NAME
            source: legacy
            target: NAME
            schema:
              postgresql:
                before: |
                  CREATE TABLE owner (id bigint PRIMARY KEY, name text NOT NULL);
                  CREATE TABLE twice (id bigint PRIMARY KEY, owner_id bigint NOT NULL,
                    source_id bigint NOT NULL, cents bigint NOT NULL);
                  CREATE TABLE line (order_no text, sku text, pieces integer NOT NULL,
                    PRIMARY KEY (order_no, sku));
                after: ALTER TABLE twice ADD FOREIGN KEY (owner_id) REFERENCES owner (id)
            steps:
              - name: owners
                source: {table: item}
                target: owner
                chunk-rows: 100
                match: {name: {columns: [owner], normal: [trim, lower]}}
                merge: name
                columns:
                  id: {type: generated}
                  name: {type: text, from: owner, trim: both, case: lower, on-missing: quarantine}
              - name: items
                source: {table: item}
                target: twice
                chunk-rows: 100
                columns:
                  id: {type: generated}
                  owner_id: {type: lookup, from: owner, step: owners, by: name, on-missing: quarantine}
                  source_id: {type: integer, from: id, on-missing: quarantine}
                  cents: {type: money, from: price, store: minor, on-missing: quarantine}
              - name: lines
                source: {table: line}
                key: [order_no, sku]
                target: line
                chunk-rows: 100
                columns:
                  order_no: {type: text, on-missing: quarantine}
                  sku: {type: text, on-missing: quarantine}
                  pieces: {type: integer, on-missing: quarantine}
            """;

    private static final String FILL =
            """
            SET max_recursive_iterations = 1000000;
            CREATE TABLE item (id INT PRIMARY KEY, owner VARCHAR(40), price VARCHAR(20)) ENGINE=InnoDB;
            INSERT INTO item WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < ITEMS)
              SELECT n, CONCAT(IF(n % 3 = 0, 'OWNER ', ' owner '), n % 2000),
                IF(n % 97 = 0, 'none', CONCAT(n % 1000, ',25')) FROM s;
            CREATE TABLE line (order_no VARCHAR(20), sku VARCHAR(20), pieces VARCHAR(20)) ENGINE=MyISAM;
            INSERT INTO line WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < LINES)
              SELECT CONCAT('O', n * 7919 % 3000), CONCAT('ä', FLOOR((n - 1) / 3000)),
                IF(n % 89 = 0, 'some', n % 7) FROM s;
            FLUSH TABLES""";

    final KillableMariaDb legacy;
    final KillablePostgres targets;

    CrashingShop(Path folder) throws Exception {
        legacy = KillableMariaDb.start(folder);
        targets = KillablePostgres.start(folder);
        try (var connection = MariaDb.connect(legacy.database());
                var statement = connection.createStatement()) {
            for (String sql :
                    FILL.replace("ITEMS", "" + ITEMS).replace("LINES", "" + LINES).split(";")) {
                statement.execute(sql);
            }
        }
    }

    static String plan(String name) {
        return PLAN.replace("NAME", name);
    }

    /// How many chunks are done, or 0 while that can't be known.
    long chunksDone(String target) {
        try (var connection = targets.connect(targets.database(target))) {
            return number(connection, "SELECT count(*) FROM slipway_ledger.chunk WHERE done = 1");
        } catch (SQLException e) {
            // not there yet, or just coming up
            return 0;
        }
    }

    /// What stands in a target, by its own word: each table's rows and a hash over all their cells.
    Map<String, String> content(String target) throws SQLException {
        var content = new TreeMap<String, String>();
        try (var connection = targets.connect(targets.database(target))) {
            for (String table : new String[] {"owner", "twice", "line"}) {
                content.put(
                        table,
                        PlanRun.ask(
                                connection,
                                "SELECT count(*), sum(hashtextextended(t::text, 0)) FROM %s t"
                                        .formatted(table)));
            }
            content.put(
                    "quarantine",
                    PlanRun.ask(
                            connection,
                            "SELECT count(*), sum(hashtextextended(step || row_key || reason, 0))"
                                    + " FROM slipway_ledger.quarantine"));
        }
        return content;
    }

    /// Against the source's own counts.
    void assertNothingLostOrDoubled(String target) throws SQLException {
        try (var from = MariaDb.connect(legacy.database());
                var to = targets.connect(targets.database(target))) {
            long good = number(from, "SELECT count(*) FROM item WHERE price <> 'none'");
            long lines = number(from, "SELECT count(*) FROM line WHERE pieces <> 'some'");
            assertThat(good).isEqualTo(ITEMS - ITEMS / 97);
            assertThat(number(to, "SELECT count(*) FROM twice")).isEqualTo(good);
            assertThat(number(to, "SELECT count(DISTINCT source_id) FROM twice")).isEqualTo(good);
            assertThat(number(to, "SELECT max(id) FROM twice")).isEqualTo(good);
            assertThat(number(to, "SELECT count(DISTINCT name) FROM owner")).isEqualTo(2_000);
            assertThat(number(to, "SELECT count(*) FROM owner")).isEqualTo(2_000);
            assertThat(number(to, "SELECT count(*) FROM line")).isEqualTo(lines);
            assertThat(number(to, "SELECT sum(pieces) FROM line"))
                    .isEqualTo(number(from, "SELECT sum(pieces) FROM line WHERE pieces <> 'some'"));
            assertThat(number(to, "SELECT count(*) FROM slipway_ledger.quarantine"))
                    .isEqualTo(ITEMS + LINES - good - lines);
            assertThat(number(to, "SELECT sum(rows_read) FROM slipway_ledger.chunk"))
                    .isEqualTo(2 * ITEMS + LINES);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        return Long.parseLong(PlanRun.ask(connection, sql));
    }

    Database make(String target) throws SQLException {
        return targets.make(target);
    }

    @Override
    public void close() throws Exception {
        try (targets) {
            legacy.close();
        }
    }
}
