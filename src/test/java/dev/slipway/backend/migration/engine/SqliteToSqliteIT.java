package dev.slipway.backend.migration.engine;

import dev.slipway.config.Database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

class SqliteToSqliteIT extends EngineSuite {
    @Override
    Database freshSource(Path folder) {
        return new Database("jdbc:sqlite:" + folder.resolve("legacy.db"), "", "");
    }

    @Override
    Database freshTarget(Path folder) {
        return new Database("jdbc:sqlite:" + folder.resolve("shop.db"), "", "");
    }

    @Override
    Connection connectSource(Database database) throws SQLException {
        return DriverManager.getConnection(database.url());
    }

    @Override
    Connection connectTarget(Database database) throws SQLException {
        return DriverManager.getConnection(database.url());
    }

    @Override
    String dialect() {
        return "sqlite";
    }
}
