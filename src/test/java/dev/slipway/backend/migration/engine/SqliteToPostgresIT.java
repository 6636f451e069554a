package dev.slipway.backend.migration.engine;

import dev.slipway.config.Database;
import dev.slipway.testing.Postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

class SqliteToPostgresIT extends EngineSuite {
    @Override
    Database freshSource(Path folder) {
        return new Database("jdbc:sqlite:" + folder.resolve("legacy.db"), "", "");
    }

    @Override
    Database freshTarget(Path folder) {
        return Postgres.fresh();
    }

    @Override
    Connection connectSource(Database database) throws SQLException {
        return DriverManager.getConnection(database.url());
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
