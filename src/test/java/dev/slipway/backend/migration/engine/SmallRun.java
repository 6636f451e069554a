package dev.slipway.backend.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.backend.migration.throttle.Gate;
import dev.slipway.config.Database;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;

/// A run from the small shop into a database of its own, by whatever gate and control a test gives.
final class SmallRun {
    static final SmallShop SHOP = new SmallShop(600, 11);

    private final Path folder;

    SmallRun(Path folder) {
        this.folder = folder;
    }

    Database source() {
        return sqlite("legacy");
    }

    Database target() {
        return sqlite("shop");
    }

    private Database sqlite(String name) {
        return new Database("jdbc:sqlite:" + folder.resolve(name + ".db"), "", "");
    }

    void fillSource() throws Exception {
        try (var connection = DriverManager.getConnection(source().url())) {
            SHOP.fill(connection);
        }
    }

    /// @param gentle the plan's window or throttle, or nothing
    MigrationPlan plan(String gentle) {
        return PlanReader.read("small.yaml", gentle + SmallShop.plan("sqlite"), folder);
    }

    Outcome run(MigrationPlan plan, Gate gate, Control control) throws Exception {
        return run(plan, source(), gate, control, Listener.NONE);
    }

    Outcome run(MigrationPlan plan, Database source, Gate gate, Control control, Listener listener)
            throws Exception {
        try (var from = Sources.open(source);
                var to = Targets.open(target())) {
            return new Engine(
                            plan,
                            from,
                            to,
                            Converters.STANDARD,
                            listener,
                            control,
                            InstantSource.system(),
                            new Worker("here"))
                    .gently(gate)
                    .run("run-of-" + plan.name());
        }
    }

    void allIsThere() throws SQLException {
        assertThat(number("SELECT count(*) FROM buyer")).isEqualTo(SHOP.buyers);
        assertThat(number("SELECT count(*) FROM sale")).isEqualTo(SHOP.written);
        assertThat(number("SELECT sum(price) FROM sale")).isEqualTo(SHOP.cents);
    }

    /// No lease, and no transaction in the target: someone else can write at once.
    void nothingIsHeld() throws SQLException {
        assertThat(number("SELECT count(*) FROM slipway_chunk WHERE done = 0 AND owner <> ''"))
                .isZero();
        try (var connection = DriverManager.getConnection(target().url());
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 0");
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("ROLLBACK");
        }
    }

    long number(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(target().url());
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }
}
