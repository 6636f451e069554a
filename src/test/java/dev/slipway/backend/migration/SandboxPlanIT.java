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
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.sync.Sync;
import dev.slipway.backend.migration.sync.SyncListener;
import dev.slipway.backend.migration.sync.Triggers;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.config.Database;
import dev.slipway.sandbox.generate.LegacyDatabase;
import dev.slipway.sandbox.generate.Manifest;
import dev.slipway.sandbox.generate.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/// The plan that is shipped for the sandbox, over seeds that no one has looked at. What must come
/// of it is told by the manifest of what the generator spoilt.
class SandboxPlanIT {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(longs = {42, 4711, 987_654_321})
    void accountsForEveryAnomaly(long seed) throws Exception {
        Path legacy = folder.resolve("legacy.db");
        Manifest manifest = LegacyDatabase.generate(legacy, seed, new Size(20_000), _ -> {});
        Map<String, Long> spoilt = manifest.anomalies();
        String shop = "jdbc:sqlite:" + folder.resolve("shop.db");
        try (var connection = DriverManager.getConnection(shop);
                var statement = connection.createStatement()) {
            statement.executeUpdate(resource("/db/shop/V1__shop.sql"));
        }

        Outcome outcome = migrate("jdbc:sqlite:" + legacy, shop);

        assertThat(outcome.reason()).isEmpty();
        assertThat(outcome.state()).isEqualTo(RunState.VALIDATED);
        Map<String, StepProgress> steps =
                outcome.steps().stream().collect(Collectors.toMap(StepProgress::name, s -> s));
        manifest.rows()
                .forEach(
                        (table, rows) ->
                                assertThat(step(steps, table.replace('_', '-')).read())
                                        .isEqualTo(rows));
        assertThat(step(steps, "vendors").merged())
                .isEqualTo(spoilt.getOrDefault("vendors.duplicate", 0L));
        assertThat(step(steps, "customers").merged())
                .isEqualTo(spoilt.getOrDefault("customers.duplicate_email", 0L));
        assertThat(step(steps, "products").quarantined())
                .isEqualTo(spoilt.getOrDefault("products.orphan_vendor", 0L));
        assertThat(step(steps, "orders").written()).isEqualTo(manifest.rows().get("orders"));
        StepProgress lines = step(steps, "order-lines");
        assertThat(lines.read()).isEqualTo(lines.written() + lines.merged() + lines.quarantined());
        assertThat(lines.merged())
                .isLessThanOrEqualTo(spoilt.getOrDefault("order_lines.duplicate", 0L));
    }

    /// As someone does who presses 'Start anew' in the sandbox.
    @Test
    void itsTargetIsKeptUpToDate() throws Exception {
        Path legacy = folder.resolve("legacy.db");
        LegacyDatabase.generate(legacy, 11, new Size(3_000), _ -> {});
        var from = new Database("jdbc:sqlite:" + legacy, "", "");
        var to = new Database("jdbc:sqlite:" + folder.resolve("shop.db"), "", "");
        try (var shop = DriverManager.getConnection(to.url());
                var statement = shop.createStatement()) {
            statement.executeUpdate(resource("/db/shop/V1__shop.sql"));
        }
        migrate(from.url(), to.url());
        var plan = PlanReader.read(folder.resolve("sandbox.yaml"));
        Triggers.install(plan, from, to);
        long line = number(to, "SELECT max(id) FROM order_lines");

        assertThat(sync(plan, from, to).anew().untilCurrent().run()).isTrue();
        try (var shop = DriverManager.getConnection(from.url());
                var statement = shop.createStatement()) {
            assertThat(statement.executeUpdate("DELETE FROM order_lines WHERE id = " + line))
                    .isPositive();
        }
        assertThat(sync(plan, from, to).untilCurrent().run()).isTrue();

        assertThat(number(to, "SELECT count(*) FROM order_lines WHERE id = " + line)).isZero();
    }

    private static Sync sync(MigrationPlan plan, Database from, Database to) {
        return new Sync(plan, from, to, SyncListener.NONE, InstantSource.system());
    }

    private static long number(Database database, String sql) throws Exception {
        try (var connection = DriverManager.getConnection(database.url());
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.getLong(1);
        }
    }

    /// What no checksum of a step can tell: a figure that the business counts is another one.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE orders SET ordered_at = '2020-01-15T10:00:00Z' WHERE id = 7 | orders per month",
                "UPDATE orders SET total_cents = total_cents + 1 WHERE id = (SELECT min(id) FROM orders"
                        + " WHERE total_cents IS NOT NULL) | revenue per day in cents",
                "UPDATE order_lines SET total_cents = total_cents + 1 WHERE id = (SELECT min(id) FROM"
                        + " order_lines) | sales and commission payable per vendor",
                "DELETE FROM order_lines WHERE id = (SELECT max(id) FROM order_lines)"
                        + " | sales and commission payable per vendor",
                "UPDATE vendors SET commission_basis_points = commission_basis_points + 1 WHERE id ="
                        + " (SELECT vendor_id FROM order_lines JOIN vendors v ON v.id = vendor_id WHERE"
                        + " v.commission_basis_points IS NOT NULL LIMIT 1)"
                        + " | sales and commission payable per vendor",
            })
    void theBusinesssFiguresAreCompared(String change, String red) throws Exception {
        Path legacy = folder.resolve("legacy.db");
        LegacyDatabase.generate(legacy, 5, new Size(3_000), _ -> {});
        String shop = "jdbc:sqlite:" + folder.resolve("shop.db");
        try (var connection = DriverManager.getConnection(shop);
                var statement = connection.createStatement()) {
            statement.executeUpdate(resource("/db/shop/V1__shop.sql"));
            Outcome first = migrate("jdbc:sqlite:" + legacy, shop);
            assertThat(first.validations())
                    .filteredOn(v -> v.step().isEmpty())
                    .hasSize(3)
                    .allMatch(Validation::passed);
            assertThat(statement.executeUpdate(change)).isEqualTo(1);
        }
        Outcome again = migrate("jdbc:sqlite:" + legacy, shop);

        assertThat(again.state()).isEqualTo(RunState.INVALID);
        assertThat(again.validations())
                .filteredOn(v -> !v.passed() && v.step().isEmpty())
                .extracting(Validation::name)
                .contains(red);
    }

    private Outcome migrate(String from, String to) throws Exception {
        Files.writeString(folder.resolve("sandbox.yaml"), resource("/assets/plans/sandbox.yaml"));
        try (var source = Sources.open(new Database(from, "", ""));
                var target = Targets.open(new Database(to, "", ""))) {
            return new Engine(
                            PlanReader.read(folder.resolve("sandbox.yaml")),
                            source,
                            target,
                            Converters.STANDARD,
                            Listener.NONE,
                            Control.GO_ON,
                            InstantSource.system(),
                            new Worker("here"))
                    .run(UUID.randomUUID().toString());
        }
    }

    private static String resource(String name) throws Exception {
        try (var in = SandboxPlanIT.class.getResourceAsStream(name)) {
            return new String(
                    java.util.Objects.requireNonNull(in, name).readAllBytes(),
                    StandardCharsets.UTF_8);
        }
    }

    private static StepProgress step(Map<String, StepProgress> steps, String name) {
        return Objects.requireNonNull(steps.get(name), name);
    }
}
