package dev.slipway.backend.migration.engine;

import dev.slipway.testing.Engines;

class SqliteToSqliteIT extends EngineSuite {
    SqliteToSqliteIT() {
        super(Engines.SQLITE, Engines.SQLITE);
    }
}
