package dev.slipway.backend.migration.sync;

import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.config.Database;
import dev.slipway.testing.MariaDb;
import dev.slipway.testing.Postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

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
        return "slipway.";
    }

    @Override
    void prepare(MigrationPlan plan) {
        // its binlog is always there
    }
}
