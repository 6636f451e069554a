package dev.slipway.shop.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.sandbox.generate.LegacyDatabase;
import dev.slipway.sandbox.generate.Size;
import dev.slipway.sandbox.legacy.LegacyServer;
import dev.slipway.shop.http.Ask;
import dev.slipway.shop.http.Reply;
import dev.slipway.shop.http.Route;
import dev.slipway.shop.http.Server;
import dev.slipway.shop.store.ShopDatabase;
import dev.slipway.testing.Eventually;
import dev.slipway.testing.SlipwayProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Orders go through a shop that is killed again and again to a legacy shop that loses answers.
class IntakeIT {
    private static final String TOKEN = "of-this-test";
    private static final int KILLS = 5;

    @TempDir Path folder;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Random random = new Random(11);

    @Test
    void noOrderIsLostOrDoubledWhenTheShopIsKilled() throws Exception {
        Path legacyFile = folder.resolve("legacy.sqlite");
        LegacyDatabase.generate(legacyFile, 3, new Size(400), _ -> {});
        String sku = makeForSale(legacyFile);
        try (LegacyServer legacy =
                        LegacyServer.start("127.0.0.1", 0, legacyFile, Clock.systemUTC());
                Server unreliable = unreliable(URI.create(legacy.url()))) {
            URI shop = configure(unreliable.url());
            var acknowledged = new ConcurrentLinkedQueue<String>();
            var over = new AtomicBoolean();
            Thread buyer = Thread.ofVirtual().start(() -> buy(shop, sku, acknowledged, over));
            for (int i = 0; i < KILLS; i++) {
                try (SlipwayProcess process = startShop()) {
                    process.awaitReady();
                    int before = acknowledged.size();
                    Eventually.eventually("some orders", () -> acknowledged.size() > before + 5);
                    LockSupport.parkNanos(Duration.ofMillis(random.nextInt(200)).toNanos());
                    process.kill();
                }
            }
            over.set(true);
            buyer.join();
            try (SlipwayProcess process = startShop()) {
                process.awaitReady();
                Eventually.eventually("the intake is empty", () -> waiting(shop) == 0);
                assertThat(process.endInput()).isZero();
            }
            assertThat(acknowledged).hasSizeGreaterThan(KILLS * 5);
            List<String> inLegacy =
                    texts(
                            legacyFile,
                            "SELECT ext_ref FROM orders WHERE ext_ref IS NOT NULL ORDER BY order_id");
            List<String> takenIn =
                    texts(
                            folder.resolve("intake.sqlite"),
                            "SELECT reference FROM intake ORDER BY seq");
            assertThat(inLegacy).doesNotHaveDuplicates().containsAll(acknowledged);
            assertThat(inLegacy).containsExactlyElementsOf(takenIn);
        }
    }

    private void buy(
            URI shop, String sku, ConcurrentLinkedQueue<String> acknowledged, AtomicBoolean over) {
        String body =
                "{\"buyer\":{\"name\":\"A B\",\"email\":\"c1@mail1.example\"},"
                        + "\"lines\":[{\"sku\":\""
                        + sku
                        + "\",\"quantity\":2}]}";
        for (int i = 1; !over.get(); i++) {
            String reference = "order-" + i;
            while (!over.get() && !sent(shop, body, reference)) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            if (!over.get()) {
                acknowledged.add(reference);
                // no faster than legacy can take them
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }
    }

    private boolean sent(URI shop, String body, String reference) {
        try {
            var request =
                    HttpRequest.newBuilder(shop.resolve("/shop/v1/orders"))
                            .timeout(Duration.ofSeconds(5))
                            .header("Authorization", "Bearer " + TOKEN)
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", reference)
                            .POST(BodyPublishers.ofString(body))
                            .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 202;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    /// Takes the order and loses the answer, or does not take it at all, every now and then.
    private Server unreliable(URI legacy) {
        return Server.start(
                "127.0.0.1",
                0,
                List.of(
                        new Route(
                                "POST",
                                "/shop/v1/orders",
                                ask ->
                                        switch (random.nextInt(6)) {
                                            case 0 -> Reply.of(503, List.of());
                                            case 1 -> {
                                                pass(legacy, ask);
                                                yield Reply.of(500, List.of());
                                            }
                                            default -> pass(legacy, ask);
                                        })));
    }

    private Reply pass(URI legacy, Ask ask) {
        try {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(legacy.resolve("/shop/v1/orders"))
                                    .header("Content-Type", "application/json")
                                    .header(
                                            "Idempotency-Key",
                                            ask.header("Idempotency-Key").orElseThrow())
                                    .POST(BodyPublishers.ofByteArray(ask.body()))
                                    .build(),
                            BodyHandlers.ofString());
            return Reply.of(answer.statusCode(), new ObjectMapper().readTree(answer.body()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private URI configure(String legacy) throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        Files.writeString(folder.resolve("token"), TOKEN);
        Files.writeString(
                folder.resolve("slipway.yaml"),
                """
                databases:
                  shop: {url: "jdbc:sqlite:%s"}
                shop: {port: %d, legacy: "%s", token-file: token, intake: intake.sqlite}
                """
                        .formatted(folder.resolve("shop.sqlite"), port, legacy));
        return URI.create("http://127.0.0.1:" + port);
    }

    private SlipwayProcess startShop() throws Exception {
        return SlipwayProcess.start("shop", "--home", folder.toString(), "--with-parent");
    }

    private int waiting(URI shop) {
        try {
            var request = HttpRequest.newBuilder(shop.resolve("/shop/v1/health")).build();
            return new ObjectMapper()
                    .readTree(http.send(request, BodyHandlers.ofString()).body())
                    .at("/intake/waiting")
                    .asInt(-1);
        } catch (IOException | InterruptedException e) {
            return -1;
        }
    }

    /// The same product for sale in both shops.
    private String makeForSale(Path legacyFile) throws Exception {
        try (var c = DriverManager.getConnection("jdbc:sqlite:" + legacyFile);
                var statement = c.createStatement()) {
            statement.execute(
                    "UPDATE products SET active = 'Y', price = '12.50',"
                            + " vendor_name = (SELECT vendor_name FROM vendors LIMIT 1)"
                            + " WHERE product_id = 3");
        }
        try (ShopDatabase shop =
                ShopDatabase.shop("jdbc:sqlite:" + folder.resolve("shop.sqlite"))) {
            shop.jdbi()
                    .useHandle(
                            handle -> {
                                handle.execute(
                                        "INSERT INTO vendors (id, name_key, name, country, status)"
                                                + " VALUES (1, 'v', 'V', 'DE', 'active')");
                                handle.execute(
                                        "INSERT INTO products (id, sku, vendor_id, title,"
                                                + " price_cents, active)"
                                                + " VALUES (3, '3', 1, 'P', 1250, 1)");
                            });
        }
        return "3";
    }

    private static List<String> texts(Path file, String sql) throws Exception {
        List<String> texts = new ArrayList<>();
        try (var c = DriverManager.getConnection("jdbc:sqlite:" + file);
                var rows = c.createStatement().executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
