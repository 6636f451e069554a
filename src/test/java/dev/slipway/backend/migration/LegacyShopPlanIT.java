package dev.slipway.backend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.api.migration.Validation;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.engine.Control;
import dev.slipway.backend.migration.engine.Engine;
import dev.slipway.backend.migration.engine.Listener;
import dev.slipway.backend.migration.engine.Outcome;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.config.Database;
import dev.slipway.testing.MariaDb;
import dev.slipway.testing.Postgres;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// The plan that is shipped as the example: every class of anomaly that was planted is converted by
/// a rule and counted, or waits in quarantine.
class LegacyShopPlanIT {
    private static final List<String> MONEY =
            List.of(
                    "decimal comma",
                    "currency €",
                    "currency EUR, decimal comma",
                    "empty",
                    "null",
                    "is negative");

    @ParameterizedTest
    @ValueSource(longs = {7, 20_241_130})
    void accountsForEveryAnomaly(long seed) throws Exception {
        var shop = new NeglectedShop(seed);
        Database from = MariaDb.fresh();
        try (var connection = MariaDb.connect(from)) {
            shop.fill(connection);
        }
        Database to = Postgres.fresh();

        Outcome outcome = migrate(from, to);

        assertThat(outcome.reason()).isEmpty();
        assertThat(outcome.state()).isEqualTo(RunState.VALIDATED);
        try (var target = Postgres.connect(to)) {
            rowsAreWhereTheyBelong(shop, outcome, target);
            gapsAreToldApart(shop, target);
            spellingsAreCounted(shop, target);
            valuesAreRight(target);
        }
        oneCentIsMissed(from, to);
    }

    /// The shop's own amounts, by SQL on both sides: what stands in the target and what waits in
    /// quarantine are together what the source holds.
    private static void oneCentIsMissed(Database from, Database to) throws Exception {
        try (var target = Postgres.connect(to);
                var statement = target.createStatement()) {
            assertThat(number(target, "SELECT count(*) FROM purchase_line WHERE total > 100"))
                    .isPositive();
            statement.execute(
                    "UPDATE purchase_line SET total = total + 0.01 WHERE id ="
                            + " (SELECT min(id) FROM purchase_line WHERE total > 100)");
            statement.execute(
                    "UPDATE purchase SET total = total - 0.01 WHERE id ="
                            + " (SELECT min(id) FROM purchase WHERE total > 100)");
        }
        assertThat(migrate(from, to).validations())
                .filteredOn(check -> !check.passed() && check.step().isEmpty())
                .extracting(Validation::name)
                .containsExactly("revenue per year of the order number", "payable per vendor");
    }

    private static void rowsAreWhereTheyBelong(
            NeglectedShop shop, Outcome outcome, Connection target) throws SQLException {
        assertThat(step(outcome, "vendors").merged()).isEqualTo(shop.planted("vendors.duplicate"));
        assertThat(step(outcome, "customers").merged())
                .isEqualTo(shop.planted("customers.duplicate_email"));
        assertThat(step(outcome, "orders").written()).isEqualTo(NeglectedShop.ORDERS);
        StepProgress lines = step(outcome, "order-lines");
        assertThat(lines.read()).isEqualTo(shop.lines);
        assertThat(lines.merged()).isEqualTo(shop.planted("order_lines.duplicate"));
        assertThat(number(target, quarantined("lookup orders")))
                .isEqualTo(shop.planted("order_lines.orphan_order"));
        assertThat(number(target, quarantined("integer")))
                .isEqualTo(shop.planted("order_lines.qty_empty"));
        assertThat(
                        number(
                                target,
                                "SELECT count(*) FROM slipway_ledger.quarantine WHERE raw_row::jsonb ?"
                                        + " 'customer_address'"))
                .isEqualTo(lines.quarantined());
    }

    private static void gapsAreToldApart(NeglectedShop shop, Connection target)
            throws SQLException {
        for (String table : List.of("vendor", "product", "purchase")) {
            String of = table.equals("purchase") ? "orders" : table + "s";
            if (table.equals("vendor")) {
                // merged vendors are counted by the remarks alone
                continue;
            }
            assertThat(gap(target, table, "created_at", "sentinel"))
                    .isEqualTo(shop.planted(of + ".datetime_zero"));
            assertThat(gap(target, table, "created_at", "bad"))
                    .isEqualTo(shop.planted(of + ".datetime_zero_day"));
            assertThat(gap(target, table, "created_at", "null"))
                    .isEqualTo(shop.planted(of + ".datetime_null"));
        }
        assertThat(gap(target, "purchase", "customer", "bad"))
                .isEqualTo(shop.planted("orders.orphan_customer"));
        assertThat(gap(target, "purchase", "customer", "sentinel"))
                .isEqualTo(shop.planted("orders.guest"));
        assertThat(gap(target, "product", "vendor", "bad"))
                .isEqualTo(shop.planted("products.orphan_vendor"));
        assertThat(gap(target, "product", "attributes", "bad"))
                .isEqualTo(shop.planted("products.broken_json"));
        assertThat(number(target, "SELECT count(*) FROM purchase WHERE NOT number_is_own"))
                .isEqualTo(shop.planted("orders.duplicate_order_no"));
    }

    private static void spellingsAreCounted(NeglectedShop shop, Connection target)
            throws SQLException {
        for (String what : MONEY) {
            for (String column :
                    List.of(
                            "products.price",
                            "orders.total",
                            "order_lines.price",
                            "order_lines.total")) {
                assertThat(remark(target, column, what))
                        .as(column + " " + what)
                        .isEqualTo(shop.planted(column + ":" + what));
            }
        }
        assertThat(remark(target, "orders.paid_at", "dd.MM.yyyy"))
                .isEqualTo(shop.planted("orders.date_dmy"));
        assertThat(remark(target, "orders.paid_at", "MM/dd/yyyy"))
                .isEqualTo(shop.planted("orders.date_mdy_slash"));
        assertThat(remark(target, "customers.registered_at", "epoch"))
                .isEqualTo(shop.planted("customers.date_unix"));
        assertThat(remark(target, "customers.name", "encoding"))
                .isEqualTo(shop.planted("customers.name.encoding"));
        assertThat(remark(target, "addresses.street", "encoding"))
                .isEqualTo(shop.planted("address.encoding"));
        assertThat(remark(target, "vendors.country", "encoding"))
                .isEqualTo(shop.planted("vendors.country.encoding"));
        assertThat(remark(target, "products.title", "encoding"))
                .isEqualTo(shop.planted("products.title.encoding"));
        assertThat(remark(target, "orders.buyer_name", "encoding"))
                .isEqualTo(shop.planted("orders.buyer.encoding"));
        assertThat(remark(target, "orders.note", "NUL"))
                .isEqualTo(shop.planted("orders.note_nul_byte"));
        assertThat(remark(target, "orders.status", "'deliverd'"))
                .isEqualTo(shop.planted("orders.status_typo"));
        assertThat(remark(target, "orders.status", "is none of the known spellings"))
                .isEqualTo(shop.planted("orders.status_unknown"));
        assertThat(remark(target, "customers.newsletter", "'2'"))
                .isEqualTo(shop.planted("customers.newsletter_2"));
        assertThat(remark(target, "order_lines.product_id", "there is no such row in products"))
                .isEqualTo(
                        shop.planted("order_lines.orphan_product")
                                + shop.planted("repeated.orphan"));
    }

    private static void valuesAreRight(Connection target) throws SQLException {
        assertThat(number(target, "SELECT count(*) FROM vendor WHERE name ~ '[ÃÂ]'")).isZero();
        assertThat(number(target, "SELECT count(*) FROM customer WHERE name <> 'Zoë Müller'"))
                .isZero();
        assertThat(number(target, "SELECT count(*) FROM product WHERE attributes <> '{\"b\": 2}'"))
                .isZero();
        assertThat(
                        number(
                                target,
                                "SELECT count(*) FROM purchase WHERE paid_at NOT IN"
                                        + " ('2020-12-31Z', '2020-12-31 12:00Z',"
                                        + " '2021-01-02 03:04:05Z')"))
                .isZero();
        // of a merged pair the first has no telephone number if its id is odd
        assertThat(
                        number(
                                target,
                                "SELECT count(*) FROM customer c JOIN slipway_ledger.match_key k ON"
                                        + " k.step = '1/customers' AND k.name = 'id' AND"
                                        + " k.target_key = c.id::text AND k.natural_key <>"
                                        + " k.target_key WHERE c.phone IS NULL"))
                .isZero();
    }

    private static Outcome migrate(Database from, Database to) throws Exception {
        var plan =
                Path.of(
                        Objects.requireNonNull(
                                        LegacyShopPlanIT.class.getResource(
                                                "/assets/plans/legacy-shop.yaml"))
                                .toURI());
        try (var source = Sources.open(from);
                var target = Targets.open(to)) {
            return new Engine(
                            PlanReader.read(plan),
                            source,
                            target,
                            Converters.STANDARD,
                            Listener.NONE,
                            Control.GO_ON,
                            InstantSource.system(),
                            new Worker("here"))
                    .hands(3)
                    .run(UUID.randomUUID().toString());
        }
    }

    private static StepProgress step(Outcome outcome, String name) {
        return outcome.steps().stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String quarantined(String rule) {
        return "SELECT count(*) FROM slipway_ledger.quarantine WHERE rule = '" + rule + "'";
    }

    private static long gap(Connection target, String table, String column, String word)
            throws SQLException {
        return number(
                target,
                "SELECT count(*) FROM %s WHERE %s_gap = '%s'".formatted(table, column, word));
    }

    /// @param column as `step.column`
    private static long remark(Connection target, String column, String what) throws SQLException {
        Map<String, String> steps = Map.of("order_lines", "order-lines");
        String step = column.substring(0, column.indexOf('.'));
        try (var statement =
                target.prepareStatement(
                        "SELECT coalesce(sum(value_count), 0) FROM slipway_ledger.remark"
                                + " WHERE step = ? AND column_name = ? AND what = ?")) {
            statement.setString(1, steps.getOrDefault(step, step));
            statement.setString(2, column.substring(column.indexOf('.') + 1));
            statement.setString(3, what);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static long number(Connection target, String sql) throws SQLException {
        // the operator ? of jsonb would be taken for a parameter of a prepared statement
        try (var statement = target.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
