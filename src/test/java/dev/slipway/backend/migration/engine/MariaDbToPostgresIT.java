package dev.slipway.backend.migration.engine;

import dev.slipway.testing.Engines;

class MariaDbToPostgresIT extends EngineSuite {
    MariaDbToPostgresIT() {
        super(Engines.MARIADB, Engines.POSTGRES);
    }
}
