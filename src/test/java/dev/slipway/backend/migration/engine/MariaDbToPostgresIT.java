package dev.slipway.backend.migration.engine;

import dev.slipway.config.Database;
import dev.slipway.testing.MariaDb;
import dev.slipway.testing.Postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

class MariaDbToPostgresIT extends EngineSuite {
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
    String dialect() {
        return "postgresql";
    }
}
