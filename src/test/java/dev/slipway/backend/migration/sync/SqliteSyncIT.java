package dev.slipway.backend.migration.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.config.Database;
import dev.slipway.testing.Engines;

import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

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
}
