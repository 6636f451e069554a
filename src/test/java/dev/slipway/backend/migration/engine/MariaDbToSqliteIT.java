package dev.slipway.backend.migration.engine;

import dev.slipway.testing.Engines;

class MariaDbToSqliteIT extends EngineSuite {
    MariaDbToSqliteIT() {
        super(Engines.MARIADB, Engines.SQLITE);
    }
}
