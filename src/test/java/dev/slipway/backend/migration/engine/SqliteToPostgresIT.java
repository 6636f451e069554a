package dev.slipway.backend.migration.engine;

import dev.slipway.testing.Engines;

class SqliteToPostgresIT extends EngineSuite {
    SqliteToPostgresIT() {
        super(Engines.SQLITE, Engines.POSTGRES);
    }
}
