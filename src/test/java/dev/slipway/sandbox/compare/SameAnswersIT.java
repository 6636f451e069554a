package dev.slipway.sandbox.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.backend.migration.command.MigrateCommand;
import dev.slipway.sandbox.generate.LegacyDatabase;
import dev.slipway.sandbox.generate.Size;
import dev.slipway.sandbox.legacy.LegacyServer;
import dev.slipway.shop.ShopServer;
import dev.slipway.shop.ShopSettings;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// After a migration by the sandbox's own plan both shops answer alike, but for the repairs that it
/// declares.
class SameAnswersIT {
    private static final Size SIZE = new Size(12_000);
    private static final String TOKEN = "of-this-test";

    @TempDir static Path folder;
    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static String shopDatabase = "";
    private static URI legacy = URI.create("");
    private static URI shop = URI.create("");

    @BeforeAll
    static void migrate() throws Exception {
        Path database = folder.resolve("legacy.sqlite");
        LegacyDatabase.generate(database, 99_991, SIZE, _ -> {});
        LegacyServer legacyServer = LegacyServer.start("127.0.0.1", 0, database, Clock.systemUTC());
        OPEN.add(legacyServer);
        legacy = URI.create(legacyServer.url());
        Path token = Files.writeString(folder.resolve("token"), TOKEN);
        shopDatabase = "jdbc:sqlite:" + folder.resolve("shop.sqlite");
        ShopServer server =
                ShopServer.start(
                        new ShopSettings(
                                "127.0.0.1",
                                0,
                                legacy,
                                token,
                                folder.resolve("intake.sqlite"),
                                dev.slipway.shop.cache.CacheSettings.STANDARD,
                                shopDatabase),
                        Clock.systemUTC());
        OPEN.add(server);
        shop = URI.create(server.url());
        int exit =
                new CommandLine(new MigrateCommand())
                        .execute(
                                "--plan",
                                "assets/plans/sandbox.yaml",
                                "--source",
                                "jdbc:sqlite:" + database,
                                "--target",
                                shopDatabase);
        assertThat(exit).isZero();
    }

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable each : OPEN.reversed()) {
            each.close();
        }
    }

    private static Comparison.Result compare(long seed, int requests) throws Exception {
        return new Comparison(legacy, shop, TOKEN).run(seed, SIZE, requests);
    }

    @Test
    void theShopsDifferByDeclaredRepairsAlone() throws Exception {
        Comparison.Result result = compare(5, 400);

        assertThat(result.undeclared()).isEmpty();
        assertThat(result.byRule()).containsOnlyKeys(Rules.MENDED);
        assertThat(result.same()).isPositive();
        assertThat(result.legacy().n()).isEqualTo(400);
        assertThat(result.cold().n()).isEqualTo(400);
        assertThat(result.warm().n()).isEqualTo(400);
    }

    @Test
    void aWrongCentIsFound() throws Exception {
        try (var c = DriverManager.getConnection(shopDatabase);
                var statement = c.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 5000");
            statement.execute("UPDATE order_lines SET total_cents = total_cents + 1 WHERE id = 1");
            var sold = statement.executeQuery("SELECT vendor_id FROM order_lines WHERE id = 1");
            assertThat(sold.next()).isTrue();
        }
        List<Difference> found = compare(6, 300).undeclared();
        try (var c = DriverManager.getConnection(shopDatabase);
                var statement = c.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 5000");
            statement.execute("UPDATE order_lines SET total_cents = total_cents - 1 WHERE id = 1");
        }

        assertThat(found).isNotEmpty();
        assertThat(found).anyMatch(difference -> difference.pointer().contains("evenue"));
    }
}
