package dev.slipway.backend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.backend.migration.engine.Outcome;
import dev.slipway.config.Database;
import dev.slipway.testing.MariaDb;
import dev.slipway.testing.Postgres;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import java.util.stream.Collectors;

/// A plan alone brings a shop of entities, attributes and values into typed tables.
class BazaarIT {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 99})
    void everyValueOfMariaDbFindsItsColumnInPostgres(long seed) throws Exception {
        var bazaar = new Bazaar(seed, 400);
        Database source = MariaDb.fresh();
        try (var connection = MariaDb.connect(source)) {
            bazaar.fill(connection, " CHARACTER SET utf8mb4");
        }
        Database shop = Postgres.fresh();

        Outcome outcome = PlanRun.run("bazaar.yaml", source, shop);

        assertThat(outcome.reason()).isEmpty();
        try (var target = Postgres.connect(shop)) {
            holds(bazaar, target, "slipway.quarantine");
            assertThat(
                            PlanRun.ask(
                                    target,
                                    "SELECT tag, n FROM (SELECT coalesce(tags ->> 0, tags_gap) AS tag,"
                                            + " count(*) AS n FROM product GROUP BY 1) x ORDER BY"
                                            + " tag COLLATE \"C\""))
                    .isEqualTo(shown(bazaar.tags));
        }
    }

    @Test
    void everyValueOfSqliteFindsItsColumnInSqlite() throws Exception {
        var bazaar = new Bazaar(7, 300);
        var source = new Database("jdbc:sqlite:" + folder.resolve("legacy.db"), "", "");
        var shop = new Database("jdbc:sqlite:" + folder.resolve("shop.db"), "", "");
        try (var connection = DriverManager.getConnection(source.url())) {
            bazaar.fill(connection, "");
        }

        Outcome outcome = PlanRun.run("bazaar.yaml", source, shop);

        assertThat(outcome.reason()).isEmpty();
        try (var target = DriverManager.getConnection(shop.url())) {
            holds(bazaar, target, "slipway_quarantine");
        }
    }

    private static void holds(Bazaar bazaar, Connection target, String quarantine)
            throws Exception {
        var wanted = bazaar.products + "|" + bazaar.grams;
        assertThat(PlanRun.ask(target, "SELECT count(*), sum(weight_g) FROM product"))
                .isEqualTo(wanted);
        assertThat(cents(target, "SELECT currency, price FROM product WHERE price IS NOT NULL"))
                .isEqualTo(shown(bazaar.prices));
        assertThat(
                        PlanRun.ask(
                                target,
                                "SELECT price_gap, count(*) FROM product WHERE price_gap IS NOT"
                                        + " NULL GROUP BY 1 ORDER BY 1"))
                .isEqualTo(shown(bazaar.priceGaps));
        assertThat(PlanRun.ask(target, "SELECT count(*) FROM product_text"))
                .isEqualTo("" + bazaar.texts);
        assertThat(PlanRun.ask(target, "SELECT count(*) FROM property"))
                .isEqualTo("" + bazaar.properties);
        assertThat(PlanRun.ask(target, "SELECT count(*) FROM seller WHERE email_gap = 'bad'"))
                .isEqualTo("" + bazaar.sellersWithoutMail);
        assertThat(PlanRun.ask(target, "SELECT count(*), min(origin), max(origin) FROM basket"))
                .isEqualTo(bazaar.baskets + "|web|web");
        assertThat(PlanRun.ask(target, "SELECT count(*), sum(quantity) FROM basket_line"))
                .isEqualTo(bazaar.lines + "|" + bazaar.pieces);
        assertThat(cents(target, "SELECT currency, price FROM basket_line"))
                .isEqualTo(shown(bazaar.sold));
        assertThat(
                        PlanRun.ask(
                                target,
                                "SELECT count(*) FROM seller WHERE name NOT LIKE 'Müller %'"))
                .isEqualTo("0");
        assertThat(
                        PlanRun.ask(
                                target,
                                "SELECT step, count(*) FROM "
                                        + quarantine
                                        + " WHERE step IN ('products', 'basket-lines') GROUP BY 1"
                                        + " ORDER BY 1"))
                .isEqualTo(
                        "basket-lines|" + bazaar.refusedLines + "; products|" + bazaar.ownerless);
    }

    /// Sums by currency, added up here: one of the targets keeps amounts as text.
    private static String cents(Connection target, String sql) throws Exception {
        Map<String, java.math.BigDecimal> sums = new java.util.TreeMap<>();
        for (String row : PlanRun.ask(target, sql).split("; ")) {
            String[] cells = row.split("\\|");
            sums.merge(cells[0], new java.math.BigDecimal(cells[1]), java.math.BigDecimal::add);
        }
        return shown(sums);
    }

    private static String shown(Map<String, ?> counts) {
        return counts.entrySet().stream()
                .map(e -> e.getKey() + "|" + e.getValue())
                .collect(Collectors.joining("; "));
    }
}
