package dev.slipway.backend.migration.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.engine.Control;
import dev.slipway.backend.migration.engine.Engine;
import dev.slipway.backend.migration.engine.Listener;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.config.Database;
import dev.slipway.testing.Engines;
import dev.slipway.testing.Kills;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A shop that changes, its migrated target, and what both must be in the end: what an undisturbed
/// migration of the final source gives. Both are asked in SQL of the test's own; numbers that a run
/// gives are compared by what they stand for.
abstract class SyncWorld {
    static final int CHANGES = Integer.getInteger("slipway.changes", 3_000);

    static final List<String> TABLES =
            List.of("vendor", "buyer", "purchase", "line", "word", "daily", "large");
    private static final Map<String, String> WHAT_STANDS = new LinkedHashMap<>();

    static {
        WHAT_STANDS.put("vendor", "SELECT id, name, country FROM vendor");
        WHAT_STANDS.put("buyer", "SELECT mail, name, phone, spent FROM buyer");
        WHAT_STANDS.put(
                "purchase",
                "SELECT p.id, b.mail, p.vendor_id, p.abroad, p.price, p.note FROM purchase p"
                        + " LEFT JOIN buyer b ON b.id = p.buyer_id");
        WHAT_STANDS.put("line", "SELECT id, purchase_id, title, pieces FROM line");
        WHAT_STANDS.put("word", "SELECT code, text FROM word");
        WHAT_STANDS.put("daily", "SELECT day, purchases FROM daily");
        WHAT_STANDS.put("large", "SELECT id, vendor FROM large");
        WHAT_STANDS.put(
                "quarantine",
                "SELECT step, row_key, column_name, rule, raw_value FROM %squarantine");
        WHAT_STANDS.put(
                "match_key",
                "SELECT substr(step, 3), name, natural_key, CASE WHEN step LIKE '%%/buyers' THEN ''"
                        + " ELSE target_key END FROM %smatch_key");
    }

    private final Engines sourceEngine;
    private final Engines targetEngine;
    @TempDir Path folder;
    private final List<Connection> open = new ArrayList<>();
    Database source = new Database("", "", "");
    Database target = new Database("", "", "");
    ChangingShop shop = shop();

    SyncWorld(Engines source, Engines target) {
        sourceEngine = source;
        targetEngine = target;
    }

    Connection connectSource(Database database) throws SQLException {
        return sourceEngine.connect(database);
    }

    /// Does what the source wants before a copy that is to be synced. A binlog is always there.
    void prepare(MigrationPlan plan) throws Exception {}

    @SuppressWarnings("NullAway")
    private static ChangingShop shop() {
        return null;
    }

    @BeforeEach
    void fill() throws Exception {
        source = sourceEngine.fresh(folder, "legacy");
        target = targetEngine.fresh(Files.createDirectories(folder.resolve("target")), "shop");
        Connection connection = connectSource(source);
        open.add(connection);
        shop = new ChangingShop(connection, Math.max(300, CHANGES / 20), Kills.random(getClass()));
        shop.fill();
        prepare(plan());
    }

    @AfterEach
    void close() throws Exception {
        for (Connection each : open) {
            each.close();
        }
    }

    /// What the target says of the sync; grows with each transaction.
    long applied() {
        String sql =
                "SELECT count(*) + (SELECT count(*) FROM %1$sorigin) + (SELECT count(*) FROM %1$swanted)"
                        + " + coalesce(sum(changes), 0) FROM %1$ssync";
        try {
            return Long.parseLong(rows(target, sql.formatted(targetEngine.ledger())).getFirst());
        } catch (SQLException e) {
            // not there yet
            return 0;
        }
    }

    MigrationPlan plan() {
        return PlanReader.read("changing.yaml", ChangingShop.PLAN, folder);
    }

    void copy(Database to) throws Exception {
        try (var from = Sources.open(source);
                var opened = Targets.open(to)) {
            new Engine(
                            plan(),
                            from,
                            opened,
                            Converters.STANDARD,
                            Listener.NONE,
                            Control.GO_ON,
                            InstantSource.system(),
                            new Worker("here"))
                    .run(UUID.randomUUID().toString());
        }
    }

    void sync() throws Exception {
        List<SyncStatus> told = new ArrayList<>();
        boolean well =
                new Sync(plan(), source, target, told::add, InstantSource.system())
                        .untilCurrent()
                        .run();
        assertThat(well).as(told.toString()).isTrue();
        assertThat(told.getLast().phase()).isEqualTo(SyncStatus.Phase.CURRENT);
    }

    void anew() throws Exception {
        assertThat(
                        new Sync(plan(), source, target, SyncListener.NONE, InstantSource.system())
                                .anew()
                                .untilCurrent()
                                .run())
                .isTrue();
    }

    void assertEqualToAnUndisturbedMigration() throws Exception {
        Database fresh =
                targetEngine.fresh(
                        Files.createDirectories(folder.resolve("fresh" + System.nanoTime())),
                        "shop");
        copy(fresh);
        for (var each : WHAT_STANDS.entrySet()) {
            String sql = each.getValue().formatted(targetEngine.ledger());
            assertThat(rows(target, sql)).as(each.getKey()).isEqualTo(rows(fresh, sql));
        }
    }

    List<String> rows(Database database, String sql) throws SQLException {
        try (var connection = targetEngine.connect(database);
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            int width = row.getMetaData().getColumnCount();
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    values.add(String.valueOf(row.getString(i)));
                }
                rows.add(String.join("|", values));
            }
            return rows.stream().sorted().toList();
        }
    }

    void execute(Database database, String sql) throws SQLException {
        try (var connection = targetEngine.connect(database);
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }
}
