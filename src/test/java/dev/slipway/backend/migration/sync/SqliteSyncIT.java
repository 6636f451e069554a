package dev.slipway.backend.migration.sync;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.migration.Waiting;
import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.Window;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.backend.migration.throttle.Gate;
import dev.slipway.config.Database;
import dev.slipway.testing.Engines;

import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// A change table filled by triggers, into SQLite.
class SqliteSyncIT extends SyncSuite {
    SqliteSyncIT() {
        super(Engines.SQLITE, Engines.SQLITE);
    }

    @Override
    Connection connectSource(Database database) throws SQLException {
        Connection connection = super.connectSource(database);
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA busy_timeout = 30000");
            statement.execute("PRAGMA synchronous = OFF");
        }
        return connection;
    }

    @Override
    void prepare(MigrationPlan plan) throws Exception {
        try (var from = Sources.open(source);
                var to = Targets.open(target)) {
            var coverage = new CoverageCheck(from).of(Sync.steps(plan, from, to).values());
            Triggers.run(source.url(), Triggers.statements(from, Triggers.tracked(coverage)));
        }
    }

    @Test
    void changesThatWereTakenOutAreAHardStopAndAnewIsTheWayOut() throws Exception {
        copy(target);
        shop.change(50);
        try (var connection = DriverManager.getConnection(source.url());
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("DELETE FROM slipway_change WHERE seq < 20"))
                    .isPositive();
        }

        assertThatThrownBy(this::sync)
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("no longer in slipway_change")
                .hasMessageContaining("--anew");

        anew();
        assertEqualToAnUndisturbedMigration();
    }

    /// The row whose place another one takes goes without a trigger of its own.
    @Test
    void rowsThatAReplaceRemovesByAnotherUniqueIndexGoToo() throws Exception {
        Triggers.run(
                source.url(),
                List.of(
                        "ALTER TABLE orders ADD COLUMN place TEXT",
                        "UPDATE orders SET place = 'at ' || id",
                        "CREATE UNIQUE INDEX places ON orders (place COLLATE NOCASE)"));
        prepare(plan());
        copy(target);
        sync();
        try (var connection = DriverManager.getConnection(source.url());
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 30000");
            statement.execute(
                    "INSERT OR REPLACE INTO orders SELECT 1000001, mail, buyer, phone, vendor,"
                            + " country, price, state, note, day, place FROM orders WHERE id = 4");
            statement.execute("UPDATE OR REPLACE orders SET place = 'AT 8' WHERE id = 6");
            statement.execute("UPDATE orders SET place = 'at 8' WHERE id = 6");
        }
        assertThat(rows(source, "SELECT count(*) FROM orders WHERE id IN (4, 8)"))
                .as("the source itself")
                .containsExactly("0");

        sync();

        assertThat(rows(target, "SELECT count(*) FROM purchase WHERE id IN (4, 8)"))
                .containsExactly("0");
        assertEqualToAnUndisturbedMigration();
    }

    /// What the log names is brought over; what wants a whole step waits, and says why.
    @Test
    void whileTheShopSuffersNoStepIsReadWhole() throws Exception {
        copy(target);
        sync();
        var suffers =
                new Gate.Word.Wait(new Waiting("page p95 900 is above 800", Instant.now(), null));
        var word = new AtomicReference<Gate.Word>(suffers);
        var told = new CopyOnWriteArrayList<SyncStatus>();
        var sync =
                new Sync(plan(), source, target, told::add, InstantSource.system())
                        .gently(Window.ALWAYS, _ -> word::get, () -> 0);
        try (var thread = Executors.newSingleThreadExecutor()) {
            var end = thread.submit(sync::run);
            try {
                Triggers.run(
                        source.url(),
                        List.of(
                                "UPDATE vendors SET name = 'calm', country = 'Germany' WHERE"
                                        + " vendor_id = 4"));
                eventually("its row is brought over", () -> count("vendor", "name = 'calm'") == 1);
                eventually(
                        "it says why the rest waits",
                        () ->
                                told.stream()
                                        .filter(s -> s.phase() == SyncStatus.Phase.CATCHING_UP)
                                        .anyMatch(s -> s.waits().contains("900 is above 800")));
                assertThat(count("large", "vendor = 'calm'")).isZero();

                word.set(new Gate.Word.Go());
                eventually("the step is read again", () -> count("large", "vendor = 'calm'") > 0);
            } finally {
                sync.end();
            }
            assertThat(end.get(1, TimeUnit.MINUTES)).isTrue();
        }
        assertEqualToAnUndisturbedMigration();
    }

    private int count(String table, String where) {
        try {
            String sql = "SELECT count(*) FROM %s WHERE %s".formatted(table, where);
            return Integer.parseInt(rows(target, sql).getFirst());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
