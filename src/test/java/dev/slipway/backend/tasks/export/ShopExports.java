package dev.slipway.backend.tasks.export;

import dev.slipway.testing.States;
import dev.slipway.testing.TestClock;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/// Exports of the orders of a shop in SQLite.
final class ShopExports implements AutoCloseable {
    static final int ROWS = 2_000;

    final TestClock clock = new TestClock(Instant.parse("2026-11-26T12:00:00Z"));
    final Path home;
    final Connection shop;
    final ExportFixture exports;

    ShopExports(States states, Path home) throws SQLException {
        this.home = home;
        Path file = home.resolve("shop.sqlite");
        shop = OrderShop.sqlite(file);
        OrderShop.add(shop, 1, ROWS);
        exports =
                new ExportFixture(
                        states.open(home.resolve("state")),
                        home.resolve("exports"),
                        ExportFixture.sqlite(file),
                        clock);
    }

    @Override
    public void close() throws SQLException {
        exports.close();
        shop.close();
    }
}
