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

import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What both databases add up themselves. The figures were added up by hand from the rows below.
class TotalsIT {
    private static final List<String> SHOP =
            List.of(
                    "CREATE TABLE sale (id INT PRIMARY KEY, amount DECIMAL(10, 2), cur VARCHAR(5),"
                            + " born DATE, made DATETIME, seen TIMESTAMP NULL, price VARCHAR(9),"
                            + " who VARCHAR(9))",
                    "INSERT INTO sale VALUES"
                            + " (1, 10.25, 'EUR', '1980-02-29', '2020-01-01 00:00:01', '2020-05-05 05:05:05', '1', 'a'),"
                            + " (2, 20.50, 'eur', '0000-00-00', '0000-00-00 00:00:00', NULL, '2', 'b'),"
                            + " (3, 40.00, '$', '1999-12-31', '2021-06-30 12:00:00', '2024-10-27 01:30:00', '3', 'a'),"
                            + " (4, -5.10, 'USD', '2001-00-00', '2022-12-31 23:59:59', '2021-01-01 00:00:00', '4', 'c'),"
                            // these wait in quarantine: one has no one, one is of no known currency
                            + " (5, 99.99, 'EUR', '1901-01-01', '2030-01-01 00:00:00', '2031-01-01 00:00:00', '5', NULL),"
                            + " (6, 70.00, 'XXX', '1980-01-01', '2020-02-02 00:00:00', NULL, '6', 'd'),"
                            // a year that the plan does not take
                            + " (7, 1.00, 'EUR', '1980-01-01', '1066-10-14 09:00:00', NULL, '7', 'e')");
    private static final String PLAN =
            """
            name: totals
            schema:
              postgresql:
                before: |
                  CREATE TABLE sale (id integer PRIMARY KEY, amount numeric(12, 2), currency text NOT NULL,
                    born date, made timestamptz, seen timestamptz, price numeric(12, 2), who text NOT NULL);
                  CREATE TABLE person (id integer PRIMARY KEY, name text NOT NULL, amount numeric(12, 2));
                  CREATE TABLE name (id bigint PRIMARY KEY, name text NOT NULL);
            steps:
              - name: sales
                source: {table: sale}
                target: sale
                key: id
                chunk-rows: 2
                columns:
                  id: {type: integer, on-missing: quarantine}
                  amount: {type: money, currencies: {EUR: ["€"]}}
                  currency:
                    {type: enum, from: cur, values: {EUR: [], USD: ["$"]}, on-missing: quarantine}
                  born: {type: date, missing: "0000-00-00", on-bad: "null"}
                  made: {type: timestamp, zone: Europe/Vienna, earliest: 1990, on-bad: "null"}
                  seen: {type: timestamp}
                  price: {type: money, currencies: {EUR: ["€"]}}
                  who: {type: text, on-missing: quarantine}
              - name: people
                source: {table: sale, where: who IS NOT NULL}
                target: person
                key: id
                match: {name: {columns: who}}
                merge: name
                columns:
                  id: {type: integer, on-missing: quarantine}
                  name: {type: text, from: who, on-missing: quarantine}
                  amount: {type: money, currencies: {EUR: ["€"]}}
              - name: names
                source: {table: sale, where: who IS NOT NULL}
                target: name
                key: id
                match: {name: {columns: who}}
                merge: name
                columns:
                  id: {type: generated}
                  name: {type: text, from: who, on-missing: quarantine}
            """;

    @Test
    void bothSidesAddUpAndWhatIsAmissIsNamed() throws Exception {
        Database source = MariaDb.fresh();
        try (var connection = MariaDb.connect(source);
                var statement = connection.createStatement()) {
            for (String sql : SHOP) {
                statement.execute(sql);
            }
        }
        Database target = Postgres.fresh();

        Outcome outcome = run(source, target);

        assertThat(outcome.reason()).isEmpty();
        assertThat(outcome.state()).isEqualTo(RunState.VALIDATED);
        assertThat(figures(outcome, "sales"))
                .containsEntry("sum(amount) EUR", "31.75 31.75")
                .containsEntry("sum(amount) USD", "34.9 34.9")
                .containsEntry("min(born)", "1901-01-01 1901-01-01")
                .containsEntry("max(born)", "1999-12-31 1999-12-31")
                .containsEntry("min(made)", "2019-12-31T23:00:01Z 2019-12-31T23:00:01Z")
                .containsEntry("max(made)", "2029-12-31T23:00:00Z 2029-12-31T23:00:00Z")
                .containsEntry("min(seen)", "2020-05-05T05:05:05Z 2020-05-05T05:05:05Z")
                .containsEntry("max(seen)", "2031-01-01T00:00:00Z 2031-01-01T00:00:00Z")
                .containsEntry("distinct id", "5 5")
                .containsEntry("sum(id)", "17 17");
        assertThat(outcome.validations())
                .filteredOn(check -> check.name().equals("totals not given"))
                .extracting(Validation::step, Validation::detail)
                .containsExactly(
                        Tuple.tuple(
                                "sales", "price: the source holds it as text or floating point"),
                        Tuple.tuple(
                                "names",
                                "1 of 6 rows were merged or skipped, and no number is the key of"
                                        + " both sides by which to tell which"));
        // of the two sales of one person the first stays: sales 1, 2, 4, 6 and 7
        assertThat(figures(outcome, "people"))
                .containsEntry("rows merged or skipped", "1 1")
                .containsEntry("sum(id)", "20 20")
                .containsEntry("sum(amount)", "96.65 96.65")
                .containsEntry("distinct id", "5 5");

        assertThat(red(source, target, "amount = amount + 0.01 WHERE id = 1"))
                .containsExactly("sum(amount) EUR");
        assertThat(red(source, target, "amount = amount - 0.01 WHERE id = 1")).isEmpty();
        assertThat(red(source, target, "currency = 'USD' WHERE id = 2"))
                .containsExactly("sum(amount) EUR", "sum(amount) USD");
        assertThat(
                        red(
                                source,
                                target,
                                "currency = 'EUR', made = made - interval '1 hour' WHERE id IN (1, 2)"))
                .containsExactly("min(made)");
        assertThat(
                        red(
                                source,
                                target,
                                "made = made + interval '1 hour', born = born + 1 WHERE id IN (1, 3)"))
                .containsExactly("max(born)");
    }

    /// The totals that are red after someone's hand was in the target.
    private static List<String> red(Database source, Database target, String set) throws Exception {
        try (var connection = Postgres.connect(target);
                var statement = connection.createStatement()) {
            statement.execute("UPDATE sale SET " + set);
        }
        return run(source, target).validations().stream()
                .filter(check -> !check.passed())
                .map(Validation::name)
                .filter(name -> name.matches("(sum|min|max)\\(.*|distinct .*"))
                .toList();
    }

    private static Map<String, String> figures(Outcome outcome, String step) {
        return outcome.validations().stream()
                .filter(check -> check.step().equals(step))
                .collect(
                        Collectors.toMap(
                                Validation::name,
                                check -> check.source() + " " + check.target(),
                                (a, _) -> a,
                                TreeMap::new));
    }

    private static Outcome run(Database source, Database target) throws Exception {
        try (var from = Sources.open(source);
                var to = Targets.open(target)) {
            return new Engine(
                            PlanReader.read("totals", PLAN, Path.of(".")),
                            from,
                            to,
                            Converters.STANDARD,
                            Listener.NONE,
                            Control.GO_ON,
                            InstantSource.system(),
                            new Worker("here"))
                    .run("totals");
        }
    }
}
