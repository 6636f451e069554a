package dev.slipway.backend.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.Validation;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.config.Database;
import dev.slipway.testing.MariaDb;
import dev.slipway.testing.Postgres;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// One small change in the target among many rows: `-Dslipway.rows=1000000` makes it a million.
/// Each is found and named: the table, the key, the cell. And once it is undone, all is well again.
class MutationIT {
    private static final int ROWS = Integer.getInteger("slipway.rows", 3_000);
    private static final int BUYERS = Math.max(40, ROWS / 50);

    private static final String PLAN =
            """
            name: mutations
            schema:
              postgresql:
                before: |
                  CREATE TABLE buyer (id bigint PRIMARY KEY, mail text NOT NULL UNIQUE, name text);
                  CREATE TABLE sale (id bigint PRIMARY KEY, buyer_id bigint NOT NULL,
                    price numeric(12,2) NOT NULL, currency text NOT NULL, sold_at timestamptz,
                    label text, gift boolean NOT NULL);
                after: ALTER TABLE sale ADD FOREIGN KEY (buyer_id) REFERENCES buyer (id)
            steps:
              - name: buyers
                source: {table: buyer}
                target: buyer
                chunk-rows: %1$d
                match: {mail: {columns: [mail], normal: [trim, lower]}}
                columns:
                  id: {type: integer, on-missing: quarantine}
                  mail: {type: email, on-missing: quarantine}
                  name: {type: text, on-missing: "null"}
              - name: sales
                source: {table: sale}
                target: sale
                chunk-rows: %1$d
                columns:
                  id: {type: integer, on-missing: quarantine}
                  buyer_id: {type: lookup, from: mail, step: buyers, by: mail, on-missing: quarantine}
                  price: {type: money, currencies: {EUR: [€]}, currency: EUR, on-missing: quarantine}
                  currency: {type: constant, value: EUR}
                  sold_at: {type: timestamp, from: sold, formats: [iso], zone: Europe/Berlin, on-missing: "null"}
                  label: {type: text, on-missing: "null"}
                  gift: {type: boolean, "yes": [Y], "no": [N], on-missing: quarantine}
            """
                    .formatted(Math.clamp(ROWS / 20, 50, 5_000));

    private static final String[] FILL = {
        "SET max_recursive_iterations = 100000000",
        "SET NAMES utf8mb4",
        "CREATE TABLE buyer (id INT PRIMARY KEY, mail VARCHAR(40), name VARCHAR(40)) CHARSET utf8mb4",
        "INSERT INTO buyer WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < "
                + BUYERS
                + ") SELECT n, CONCAT('b', n, '@shop.example'), CONCAT('Zoé ', n) FROM s",
        "CREATE TABLE sale (id INT PRIMARY KEY, mail VARCHAR(40), price VARCHAR(20), sold DATETIME,"
                + " label VARCHAR(60), gift CHAR(1)) CHARSET utf8mb4",
        "INSERT INTO sale WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < "
                + ROWS
                + ") SELECT n, CONCAT('b', n * 7919 % "
                + BUYERS
                + " + 1, '@shop.example'), CONCAT('€ ', n % 900 + 1, ',', LPAD(n % 100, 2, '0')),"
                + " IF(n % 11 = 0, NULL, TIMESTAMPADD(MINUTE, n % 500000, '2020-01-01 00:00:00')),"
                + " IF(n % 13 = 0, '', CONCAT('Café n° ', n, ' à la crème')), IF(n % 5, 'N', 'Y') FROM s"
    };

    /// @param change what someone does to the target; `%d` is a key in the middle
    /// @param table that it is found in
    /// @param found what names the place: key and cell
    private record Mutation(String name, String change, String table, String... found) {}

    private static Mutation cell(String name, String column, String value) {
        return new Mutation(
                name,
                "UPDATE sale SET " + column + " = " + value + " WHERE id = %1$d",
                "sale",
                "sale %1$d (source %1$d), column " + column + ": is ");
    }

    private static final List<Mutation> MUTATIONS =
            List.of(
                    cell("a cell", "label", "'x'"),
                    cell("a cell that looks like two places", "label", "'x | sale 9: is y'"),
                    cell("a blank at the end", "label", "label || ' '"),
                    cell("a letter's case", "label", "lower(label)"),
                    cell("a cell emptied", "label", "''"),
                    cell("a cell made NULL", "label", "NULL"),
                    cell("one cent", "price", "price + 0.01"),
                    cell("a sign", "price", "-price"),
                    cell("a currency", "currency", "'USD'"),
                    cell("an hour", "sold_at", "sold_at + interval '1 hour'"),
                    cell("a microsecond", "sold_at", "sold_at + interval '1 microsecond'"),
                    cell("a yes made a no", "gift", "NOT gift"),
                    cell("é read as Latin-1", "label", "replace(label, 'é', 'Ã©')"),
                    cell("é taken apart", "label", "normalize(label, NFD)"),
                    new Mutation(
                            "a row lost",
                            "DELETE FROM sale WHERE id = %1$d",
                            "sale",
                            "sale %1$d (source %1$d): is not there"),
                    new Mutation(
                            "a row doubled",
                            "INSERT INTO sale SELECT id + 100000000, buyer_id, price, currency, sold_at,"
                                    + " label, gift FROM sale WHERE id = %1$d",
                            "sale",
                            "sale 10%2$s: no source row gives it"),
                    new Mutation(
                            "a row lost and another doubled",
                            "UPDATE sale SET id = id + 100000000 WHERE id = %1$d",
                            "sale",
                            "sale %1$d (source %1$d): is not there",
                            "sale 10%2$s: no source row gives it"),
                    new Mutation(
                            "two foreign keys swapped",
                            "UPDATE sale a SET buyer_id = b.buyer_id FROM sale b"
                                    + " WHERE a.id + b.id = 2 * %1$d + 1 AND a.id IN (%1$d, %1$d + 1)",
                            "sale",
                            "sale %1$d (source %1$d), column buyer_id: is ",
                            "sale %3$d (source %3$d), column buyer_id: is "),
                    new Mutation(
                            "two cells swapped",
                            "UPDATE sale a SET label = b.label FROM sale b"
                                    + " WHERE a.id + b.id = 2 * %1$d + 1 AND a.id IN (%1$d, %1$d + 1)",
                            "sale",
                            "sale %1$d (source %1$d), column label: is ",
                            "sale %3$d (source %3$d), column label: is "),
                    new Mutation(
                            "a cell of a table that others refer to",
                            "UPDATE buyer SET name = replace(name, 'é', 'Ã©') WHERE id = 17",
                            "buyer",
                            "buyer 17 (source 17), column name: is "));

    @TempDir Path folder;

    @Test
    void eachIsFoundAndNamedAndNothingElse() throws Exception {
        Database source = MariaDb.fresh();
        Database target = Postgres.fresh();
        try (var connection = MariaDb.connect(source);
                var statement = connection.createStatement()) {
            for (String sql : FILL) {
                statement.execute(sql);
            }
        }
        assertThat(run(source, target, "the copy").state()).isEqualTo(RunState.VALIDATED);
        List<String> silent = new ArrayList<>();
        try (var connection = Postgres.connect(target)) {
            // a row with every cell filled: neither 11 nor 13 divides it or the next one
            long key = ROWS / 2 + 1L;
            while (key % 11 == 0 || key % 13 == 0 || (key + 1) % 11 == 0 || (key + 1) % 13 == 0) {
                key++;
            }
            keep(connection);
            for (Mutation mutation : MUTATIONS) {
                change(connection, mutation.change().formatted(key));
                Outcome outcome = run(source, target, mutation.name());
                if (!named(mutation, key, outcome)) {
                    silent.add(mutation.name() + ": " + red(outcome));
                }
                putBack(connection);
            }
        }
        assertThat(silent).isEmpty();
        assertThat(run(source, target, "all undone").state()).isEqualTo(RunState.VALIDATED);
    }

    private static boolean named(Mutation mutation, long key, Outcome outcome) {
        List<Validation> red = red(outcome);
        String step = mutation.table() + "s";
        for (String each : mutation.found()) {
            String place = each.formatted(key, "%07d".formatted(key), key + 1);
            boolean there =
                    red.stream()
                            .anyMatch(
                                    v ->
                                            v.step().equals(step)
                                                    && v.places().stream()
                                                            .anyMatch(
                                                                    p ->
                                                                            p.text()
                                                                                    .startsWith(
                                                                                            place)));
            if (!there) {
                return false;
            }
        }
        // nothing else is accused
        return outcome.state() == RunState.INVALID
                && red.stream().allMatch(v -> v.step().equals(step));
    }

    private static List<Validation> red(Outcome outcome) {
        return outcome.validations().stream().filter(v -> !v.passed()).toList();
    }

    private static void keep(Connection connection) throws SQLException {
        change(connection, "CREATE TABLE slipway_ledger.kept AS TABLE sale");
        change(connection, "CREATE TABLE slipway_ledger.kept_buyer AS TABLE buyer");
        change(connection, "ALTER TABLE slipway_ledger.kept ADD PRIMARY KEY (id)");
    }

    private static void putBack(Connection connection) throws SQLException {
        change(connection, "DELETE FROM sale WHERE id > " + 100_000_000);
        change(
                connection,
                "UPDATE sale s SET buyer_id = k.buyer_id, price = k.price, currency = k.currency,"
                        + " sold_at = k.sold_at, label = k.label, gift = k.gift"
                        + " FROM slipway_ledger.kept k WHERE k.id = s.id AND s::text <> k::text");
        change(
                connection,
                "INSERT INTO sale SELECT * FROM slipway_ledger.kept ON CONFLICT (id) DO NOTHING");
        change(
                connection,
                "UPDATE buyer b SET name = k.name FROM slipway_ledger.kept_buyer k"
                        + " WHERE k.id = b.id AND b.name <> k.name");
    }

    private static void change(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private Outcome run(Database source, Database target, String what) throws Exception {
        var plan = PlanReader.read("mutations.yaml", PLAN, folder);
        long begun = System.nanoTime();
        try (var from = Sources.open(source);
                var to = Targets.open(target)) {
            Outcome outcome =
                    new Engine(
                                    plan,
                                    from,
                                    to,
                                    Converters.STANDARD,
                                    Listener.NONE,
                                    Control.GO_ON,
                                    InstantSource.system(),
                                    new Worker("here"))
                            .hands(2)
                            .run(UUID.randomUUID().toString());
            System.out.printf(
                    "%,d rows, %s: %s, %.1f s, live heap after the last collection %d MB, at most %d"
                            + " MB%n",
                    ROWS,
                    what,
                    outcome.state(),
                    (System.nanoTime() - begun) / 1e9,
                    live(),
                    Runtime.getRuntime().maxMemory() >> 20);
            return outcome;
        }
    }

    private static long live() {
        System.gc();
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getCollectionUsage)
                        .filter(java.util.Objects::nonNull)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                >> 20;
    }
}
