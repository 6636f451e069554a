package dev.slipway.backend.migration.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.migration.RunState;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.engine.Control;
import dev.slipway.backend.migration.engine.Engine;
import dev.slipway.backend.migration.engine.Listener;
import dev.slipway.backend.migration.engine.Outcome;
import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.config.Database;
import dev.slipway.testing.Engines;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/// Two plans whose steps have the same names migrate into one target, from shops whose buyers have
/// the same addresses: neither sees, changes or takes out what is the other's.
@ParameterizedClass
@EnumSource(names = {"SQLITE", "POSTGRES"})
class TwoPlansIT {
    private static final int NORTH = 40;
    private static final int SOUTH = 30;

    /// %1$s is the shop.
    private static final String PLAN =
            """
            name: %1$s
            schema:
              %2$s:
                before: |
                  CREATE TABLE %1$s_buyer (id integer PRIMARY KEY, mail text NOT NULL);
                  CREATE TABLE %1$s_sale (id integer PRIMARY KEY, buyer_id integer NOT NULL,
                    mail text NOT NULL);
            steps:
              - name: buyers
                source: {table: %1$s_line}
                target: %1$s_buyer
                match: {mail: {columns: [mail]}}
                merge: mail
                columns:
                  id: {type: generated}
                  mail: {type: text, on-missing: quarantine}
              - name: sales
                source: {table: %1$s_line}
                target: %1$s_sale
                columns:
                  id: {type: integer, on-missing: quarantine}
                  buyer_id: {type: lookup, from: mail, step: buyers, by: mail, on-missing: quarantine}
                  mail: {type: text, on-missing: quarantine}
            """;

    private final Engines engine;
    @TempDir Path folder;
    private Database source = new Database("", "", "");
    private Database target = new Database("", "", "");

    TwoPlansIT(Engines engine) {
        this.engine = engine;
    }

    @BeforeEach
    void fill() throws Exception {
        source = Engines.SQLITE.fresh(folder, "legacy");
        target = engine.fresh(folder, "shop");
        for (String shop : List.of("north", "south")) {
            legacy("CREATE TABLE " + shop + "_line (id INTEGER PRIMARY KEY, mail TEXT)");
        }
        String some =
                "INSERT INTO %s_line WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s)"
                        + " SELECT n, 'b' || (n * 7 %% %d) || '@x' FROM s LIMIT %d";
        legacy(some.formatted("north", 10, NORTH));
        legacy(some.formatted("south", 13, SOUTH));
    }

    @Test
    void eachFindsItsOwnRows() throws Exception {
        copied("north", "north-1");
        copied("south", "south-1");

        bothAreWhole();
        assertThat(number("SELECT count(*) FROM north_buyer")).isEqualTo(10);
        assertThat(number("SELECT count(*) FROM south_buyer")).isEqualTo(13);
    }

    @Test
    void oneThatBeginsAnewTakesOutNothingOfTheOther() throws Exception {
        copied("north", "north-1");
        assertThat(run("south", "south-1", pausedAfter(2)).state()).isEqualTo(RunState.PAUSED);

        copied("south", "south-2");

        bothAreWhole();
        copied("north", "north-1");
    }

    @Test
    void theirSyncsKnowOnlyTheirOwnRows() throws Exception {
        for (String shop : List.of("north", "south")) {
            track(shop);
        }
        copied("north", "north-1");
        copied("south", "south-1");
        synced("north");
        synced("south");

        legacy("DELETE FROM north_line WHERE mail IN ('b1@x', 'b2@x')");
        legacy("UPDATE south_line SET mail = 'b1@x' WHERE id % 5 = 0");
        legacy("INSERT INTO north_line (mail) VALUES ('b12@x')");
        synced("north");
        synced("south");
        synced("north");

        bothAreWhole();
        assertThat(number("SELECT count(*) FROM north_buyer")).isEqualTo(9);
    }

    /// Its keys stand under the bare names of the steps.
    @Test
    void aRunOfTheFormerVersionGoesOnBesideANewOne() throws Exception {
        copied("north", "north-1");
        asBefore();

        copied("north", "north-1");
        copied("south", "south-1");

        copied("north", "north-1");
        bothAreWhole();
    }

    @Test
    void whatTheFormerVersionMixedIsRefused() throws Exception {
        copied("north", "north-1");
        copied("south", "south-1");
        asBefore();

        for (String shop : List.of("north", "south")) {
            assertThatThrownBy(() -> run(shop, shop + "-1", Control.GO_ON))
                    .isInstanceOf(Stopped.class)
                    .hasMessageContaining("run " + shop + "-1 of the plan '" + shop + "'")
                    .hasMessageContaining("Empty the tables of this plan and migrate it anew");
            assertThatThrownBy(() -> synced(shop)).isInstanceOf(Stopped.class);
        }

        for (String shop : List.of("south", "north")) {
            change("DELETE FROM " + shop + "_buyer");
            change("DELETE FROM " + shop + "_sale");
            copied(shop, shop + "-2");
        }
        bothAreWhole();
        copied("south", "south-2");
    }

    /// Makes the ledger what the version before left: one name of a step for all plans, and the key
    /// that was there first.
    private void asBefore() throws SQLException {
        String keys = engine.ledger() + "match_key";
        change(
                "DELETE FROM %1$s WHERE step LIKE '2/%%' AND EXISTS (SELECT 1 FROM %1$s n WHERE n.step = '1/' || substr(%1$s.step, 3) AND n.name = %1$s.name AND n.natural_key = %1$s.natural_key)"
                        .formatted(keys));
        change("UPDATE " + keys + " SET step = substr(step, 3)");
        change("ALTER TABLE " + engine.ledger() + "run DROP COLUMN key_space");
    }

    private void bothAreWhole() throws SQLException {
        for (String shop : List.of("north", "south")) {
            assertThat(
                            number(
                                    "SELECT count(*) FROM %1$s_sale s JOIN %1$s_buyer b ON b.id = s.buyer_id WHERE b.mail = s.mail"
                                            .formatted(shop)))
                    .as(shop)
                    .isEqualTo(legacyNumber("SELECT count(*) FROM " + shop + "_line"));
            assertThat(number("SELECT count(*) FROM " + shop + "_buyer"))
                    .as(shop)
                    .isEqualTo(legacyNumber("SELECT count(DISTINCT mail) FROM " + shop + "_line"));
        }
    }

    private void copied(String shop, String id) throws Exception {
        Outcome outcome = run(shop, id, Control.GO_ON);
        assertThat(outcome.reason()).as(shop).isEmpty();
        assertThat(outcome.state()).isEqualTo(RunState.VALIDATED);
    }

    private static Control pausedAfter(int signals) {
        var left = new java.util.concurrent.atomic.AtomicInteger(signals);
        return () -> left.getAndDecrement() > 0 ? Control.Signal.GO : Control.Signal.PAUSE;
    }

    private Outcome run(String shop, String id, Control control) throws Exception {
        try (var from = Sources.open(source);
                var to = Targets.open(target)) {
            return new Engine(
                            plan(shop),
                            from,
                            to,
                            Converters.STANDARD,
                            Listener.NONE,
                            control,
                            InstantSource.system(),
                            new Worker("here"))
                    .runAs(id);
        }
    }

    private MigrationPlan plan(String shop) {
        return PlanReader.read(shop + ".yaml", PLAN.formatted(shop, engine.dialect()), folder);
    }

    private void synced(String shop) throws Exception {
        assertThat(
                        new Sync(
                                        plan(shop),
                                        source,
                                        target,
                                        SyncListener.NONE,
                                        InstantSource.system())
                                .untilCurrent()
                                .run())
                .as(shop)
                .isTrue();
    }

    private void track(String shop) throws Exception {
        try (var from = Sources.open(source);
                var to = Targets.open(target)) {
            var coverage = new CoverageCheck(from).of(Sync.steps(plan(shop), from, to).values());
            Triggers.run(source.url(), Triggers.statements(from, Triggers.tracked(coverage)));
        }
    }

    private void legacy(String sql) throws SQLException {
        try (var connection = Engines.SQLITE.connect(source);
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private long legacyNumber(String sql) throws SQLException {
        try (var connection = Engines.SQLITE.connect(source);
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.getLong(1);
        }
    }

    private void change(String sql) throws SQLException {
        try (var connection = engine.connect(target);
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (var connection = engine.connect(target);
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }
}
