package dev.slipway.backend.migration.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.config.Database;
import dev.slipway.testing.MariaDb;
import dev.slipway.testing.Postgres;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/// The binlog of a real MariaDB, into PostgreSQL.
class MariaDbSyncIT extends SyncSuite {
    @Override
    Database freshSource(Path folder) {
        return MariaDb.fresh();
    }

    @Override
    Database freshTarget(Path folder) {
        return Postgres.fresh();
    }

    @Override
    Connection connectSource(Database database) throws SQLException {
        return MariaDb.connect(database);
    }

    @Override
    Connection connectTarget(Database database) throws SQLException {
        return Postgres.connect(database);
    }

    @Override
    String ledger() {
        return "slipway_ledger.";
    }

    @Override
    void prepare(MigrationPlan plan) {
        // its binlog is always there
    }

    /// The binlog's times are whole seconds; its order counts.
    @Test
    void tenChangesInOneTimestampAreAppliedInTheirOrder() throws Exception {
        copy(target);
        try (var connection = MariaDb.connect(source);
                var statement = connection.createStatement()) {
            statement.execute("SET timestamp = 1795000000");
            statement.execute("DELETE FROM orders WHERE id = 2");
            statement.execute(
                    "INSERT INTO orders SELECT 2, mail, buyer, phone, vendor, country, '1,11',"
                            + " 'open', note, day FROM orders WHERE id = 4");
            for (int i = 1; i <= 5; i++) {
                statement.execute("UPDATE orders SET price = '" + i + ",50' WHERE id = 2");
            }
            statement.execute("UPDATE orders SET id = 1000003 WHERE id = 2");
            statement.execute("UPDATE orders SET mail = 'ten@shop.example' WHERE id = 1000003");
            statement.execute("DELETE FROM orders WHERE id = 6");
        }
        sync();

        assertThat(rows(target, "SELECT count(*) FROM purchase WHERE id IN (2, 6)"))
                .containsExactly("0");
        assertThat(rows(target, "SELECT spent FROM buyer WHERE mail = 'ten@shop.example'"))
                .containsExactly("550");
        assertEqualToAnUndisturbedMigration();
    }

    /// The server answers for a file that it has purged as for one that it never had.
    @Test
    void aPurgedBinlogIsAHardStopAndAnewIsTheWayOut() throws Exception {
        copy(target);
        execute(
                target,
                "UPDATE slipway_ledger.run SET source_position ="
                        + " '{\"file\":\"binlog.000000\",\"offset\":4,\"gtid\":\"\",\"unknown\":\"\"}'");
        shop.change(30);

        assertThatThrownBy(this::sync)
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("no longer reaches back to binlog.000000:4")
                .hasMessageContaining("--anew");

        anew();
        assertEqualToAnUndisturbedMigration();
    }

    @Test
    void anAlteredTableIsAHardStop() throws Exception {
        copy(target);
        sync();
        try (var connection = MariaDb.connect(source);
                var statement = connection.createStatement()) {
            statement.execute("ALTER TABLE orders ADD COLUMN later INT");
        }

        assertThatThrownBy(this::sync)
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("'orders' was altered");
    }

    @Test
    void aBinlogOfStatementsIsRefused() throws Exception {
        copy(target);
        try (var connection = MariaDb.connect(source);
                var statement = connection.createStatement()) {
            statement.execute("SET GLOBAL binlog_format = 'MIXED'");
            try {
                assertThatThrownBy(this::sync)
                        .isInstanceOf(Stopped.class)
                        .hasMessageContaining("binlog_format is MIXED")
                        .hasMessageContaining("SET GLOBAL binlog_format = 'ROW'");
            } finally {
                statement.execute("SET GLOBAL binlog_format = 'ROW'");
            }
        }
    }

    @Test
    void aUserWhoMayNotReadTheBinlogIsToldWhatToGrant() throws Exception {
        copy(target);
        try (var connection = MariaDb.connect(source);
                var statement = connection.createStatement()) {
            for (String host : List.of("%", "localhost")) {
                statement.execute("GRANT SELECT ON *.* TO reader@'" + host + "' IDENTIFIED BY 'r'");
            }
        }
        var reader = new Database(source.url(), "reader", "r");

        assertThatThrownBy(
                        () ->
                                new Sync(
                                                plan(),
                                                reader,
                                                target,
                                                SyncListener.NONE,
                                                InstantSource.system())
                                        .run())
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("may not read the binlog")
                .hasMessageContaining("GRANT REPLICATION SLAVE");
    }
}
