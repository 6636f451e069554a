package dev.slipway.backend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.migration.RunState;
import dev.slipway.backend.migration.convert.Converter;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.engine.Outcome;
import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.config.Database;
import dev.slipway.testing.MariaDb;
import dev.slipway.testing.Postgres;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// A plan alone brings books in several currencies into a ledger that balances to the last digit.
class DoubleEntryIT {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(longs = {2, 77})
    void theLedgerInPostgresBalances(long seed) throws Exception {
        var books = new DoubleEntry(seed, 300);
        Database source = mariaDb(books);
        Database shop = Postgres.fresh();

        Outcome outcome = PlanRun.run("double-entry.yaml", source, shop);

        assertThat(outcome.reason()).isEmpty();
        try (var target = Postgres.connect(shop)) {
            holds(books, target, "slipway.quarantine");
            assertThat(
                            PlanRun.ask(
                                    target,
                                    "SELECT name, value FROM setting ORDER BY name COLLATE \"C\""))
                    .isEqualTo(
                            "Tax|{\"mixed\": [1, 2.5]}; hooks|[\"a\", null]; shop.name|\"Zoë Co\";"
                                    + " tax|{\"DE\": 19.5, \"FR\": 20}; theme|{\"dark\": true}");
        }
    }

    @Test
    void theLedgerInSqliteBalances() throws Exception {
        var books = new DoubleEntry(5, 200);
        var source = new Database("jdbc:sqlite:" + folder.resolve("legacy.db"), "", "");
        var shop = new Database("jdbc:sqlite:" + folder.resolve("shop.db"), "", "");
        try (var connection = DriverManager.getConnection(source.url())) {
            books.fill(connection, "", "BLOB");
        }

        Outcome outcome = PlanRun.run("double-entry.yaml", source, shop);

        assertThat(outcome.reason()).isEmpty();
        try (var target = DriverManager.getConnection(shop.url())) {
            holds(books, target, "slipway_quarantine");
        }
    }

    /// A value that stands there just as a broken converter made it is found all the same.
    @ParameterizedTest
    @CsvSource({"money, amount, postings", "json, value, settings"})
    void aConverterThatErrsIsFoundWithTheCell(String type, String column, String step)
            throws Exception {
        Database source = mariaDb(new DoubleEntry(3, 120));
        var plan = PlanReader.read(PlanRun.file("double-entry.yaml"));

        Outcome outcome = PlanRun.run(plan, source, Postgres.fresh(), new Broken(type));

        assertThat(outcome.state()).isEqualTo(RunState.INVALID);
        assertThat(outcome.validations())
                .filteredOn(v -> !v.passed() && v.name().equals("sampled rows"))
                .anySatisfy(
                        v -> {
                            assertThat(v.step()).isEqualTo(step);
                            assertThat(v.detail()).contains("column " + column + ": is ");
                        });
    }

    /// Takes brackets for nothing, and a list for another.
    private static final class Broken extends Converters {
        private final String type;

        Broken(String type) {
            this.type = type;
        }

        @Override
        public Converter of(ColumnType of) {
            Converter right = super.of(of);
            return !of.word().equals(type)
                    ? right
                    : raw ->
                            switch (right.convert(raw)) {
                                case BigDecimal amount when raw.contains("(") -> amount.negate();
                                case String json when json.startsWith("[") -> "[\"b\",null]";
                                case Object other -> other;
                                case null -> null;
                            };
        }
    }

    private static Database mariaDb(DoubleEntry books) throws Exception {
        Database source = MariaDb.fresh();
        try (var connection = MariaDb.connect(source)) {
            // names that differ only in the case of their letters are two
            books.fill(connection, " COLLATE latin1_bin", "BINARY(16)");
        }
        return source;
    }

    private static void holds(DoubleEntry books, Connection target, String quarantine)
            throws Exception {
        assertThat(PlanRun.ask(target, "SELECT count(*) FROM entry")).isEqualTo("" + books.entries);
        assertThat(PlanRun.ask(target, "SELECT count(*) FROM posting"))
                .isEqualTo("" + books.postings);
        assertThat(added(target, "SELECT currency || ' ' || side, amount FROM posting"))
                .isEqualTo(books.sums);
        assertThat(
                        PlanRun.ask(
                                target,
                                "SELECT count(*) FROM (SELECT entry_id FROM posting WHERE line < 3"
                                        + " GROUP BY entry_id HAVING count(*) <> 2) x"))
                .isEqualTo("0");
        assertThat(added(target, "SELECT 'all', rate FROM exchange_rate"))
                .containsOnlyKeys("all")
                .hasEntrySatisfying(
                        "all", sum -> assertThat(sum).isEqualByComparingTo(books.rates));
        assertThat(added(target, "SELECT currency, amount FROM invoice")).isEqualTo(books.invoiced);
        assertThat(PlanRun.ask(target, "SELECT code, title, parent FROM account ORDER BY code"))
                .isEqualTo(
                        "1|Aktiva|null; 1200|Bank|1; 1200-US|Bank of México|1200;"
                                + " 3300|Schulden|null; 8400|Erlöse|null");
        assertThat(
                        PlanRun.ask(
                                target,
                                "SELECT column_name, count(*) FROM "
                                        + quarantine
                                        + " GROUP BY 1 ORDER BY 1"))
                .isEqualTo(refused(books));
    }

    private static String refused(DoubleEntry books) {
        int accounts = books.orphans - 1;
        return (accounts > 0 ? "account|" + accounts + "; " : "")
                + (books.open > 0 ? "amount|" + books.open + "; " : "")
                + "entry_id|1; value|1";
    }

    /// Sums by the first cell, added up here: one of the targets keeps amounts as text.
    private static Map<String, BigDecimal> added(Connection target, String sql) throws Exception {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (String row : PlanRun.ask(target, sql).split("; ")) {
            String[] cells = row.split("\\|");
            BigDecimal amount = new BigDecimal(Objects.requireNonNull(cells[1]));
            sums.merge(cells[0], scaled(amount), BigDecimal::add);
        }
        return sums;
    }

    private static BigDecimal scaled(BigDecimal amount) {
        return amount.scale() == 4 ? amount.setScale(2) : amount;
    }
}
