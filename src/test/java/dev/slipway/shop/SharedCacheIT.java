package dev.slipway.shop;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.shop.store.ShopDatabase;
import dev.slipway.testing.Kills;
import dev.slipway.testing.Redis;
import dev.slipway.testing.SlipwayProcess;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// Two processes of the shop share a Redis that is killed and started again under load.
class SharedCacheIT {
    private static final int PRODUCTS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir Path folder;

    private final List<SlipwayProcess> processes = new ArrayList<>();
    private final List<String> urls = new ArrayList<>();

    /// The title's number that an asker must find at least.
    private final AtomicIntegerArray atLeast = new AtomicIntegerArray(PRODUCTS + 1);

    private final AtomicInteger asked = new AtomicInteger();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private Redis redis;
    private ShopDatabase database;

    @BeforeEach
    void start() throws Exception {
        redis = Redis.start(folder.resolve("redis"));
        String url = "jdbc:sqlite:" + folder.resolve("shop.sqlite");
        database = ShopDatabase.shop(url);
        fill();
        Files.writeString(folder.resolve("token"), "t");
        for (int i = 0; i < 2; i++) {
            Path file = folder.resolve("slipway" + i + ".yaml");
            Files.writeString(
                    file,
                    """
                    databases: {shop: {url: "%s"}}
                    shop:
                      port: 0
                      legacy: http://127.0.0.1:1
                      token-file: token
                      intake: intake%d.sqlite
                      cache: {url: "%s", patience-millis: 250}
                    """
                            .formatted(url, i, redis.url()));
            processes.add(SlipwayProcess.start("shop", "--config", file.toString()));
        }
        for (SlipwayProcess process : processes) {
            urls.add(process.awaitReady());
        }
    }

    @AfterEach
    void close() {
        processes.forEach(SlipwayProcess::close);
        redis.close();
        database.close();
    }

    private void fill() {
        database.jdbi()
                .useTransaction(
                        handle -> {
                            handle.execute(
                                    "INSERT INTO vendors (id, name_key, name, country, status)"
                                            + " VALUES (1, 'v', 'V', 'DE', 'active')");
                            for (int id = 1; id <= PRODUCTS; id++) {
                                handle.execute(
                                        "INSERT INTO products (id, sku, vendor_id, title,"
                                                + " price_cents, active) VALUES (?, ?, 1, '0', 1,"
                                                + " 1)",
                                        id,
                                        "s" + id);
                            }
                        });
    }

    @Test
    void noRequestFailsAndNoAnswerIsOldWhileRedisDiesAndComesBack() throws Exception {
        Random random = Kills.random(SharedCacheIT.class);
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                long seed = random.nextLong();
                askers.execute(() -> askUntilOver(new Random(seed)));
            }
            try {
                for (int kill = 0; kill < Kills.restarts(3); kill++) {
                    write(random);
                    more(200);
                    redis.kill();
                    writeUntold(random);
                    more(200);
                    for (String url : urls) {
                        assertThat(cache(url).get("awaySince").isNull()).isFalse();
                        assertThat(cache(url).get("entries").isNull()).isTrue();
                    }
                    redis.startAgain();
                    write(random);
                    eventually("both use it again", this::bothUseIt);
                    more(200);
                }
            } finally {
                over.set(true);
            }
        }
        System.out.println("SharedCacheIT: " + asked + " requests, wrong: " + wrong.size());
        assertThat(wrong).isEmpty();
        for (String url : urls) {
            assertThat(cache(url).get("hits").asLong()).isPositive();
        }
    }

    private boolean bothUseIt() {
        return urls.stream().allMatch(url -> cache(url).get("awaySince").isNull());
    }

    private void more(int requests) {
        int until = asked.get() + requests;
        eventually("more is asked", () -> asked.get() >= until);
    }

    /// Changes some products, tells one process, and from then on expects it of both.
    private void write(Random random) throws Exception {
        write(random, 200);
    }

    /// Without Redis the others can't be told, and have nothing to forget.
    private void writeUntold(Random random) throws Exception {
        write(random, 202);
    }

    private void write(Random random, int status) throws Exception {
        for (int i = 0; i < 5; i++) {
            int id = 1 + random.nextInt(PRODUCTS);
            int next = atLeast.get(id) + 1;
            database.jdbi()
                    .useHandle(
                            handle ->
                                    handle.execute(
                                            "UPDATE products SET title = ? WHERE id = ?",
                                            Integer.toString(next),
                                            id));
            String url = urls.get(random.nextInt(urls.size()));
            var request =
                    HttpRequest.newBuilder(URI.create(url + "/shop/v1/cache"))
                            .header("Authorization", "Bearer t")
                            .DELETE();
            assertThat(HTTP.send(request.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(status);
            atLeast.set(id, next);
        }
    }

    private void askUntilOver(Random random) {
        while (!over.get()) {
            int id = 1 + random.nextInt(PRODUCTS);
            int expected = atLeast.get(id);
            String url = urls.get(random.nextInt(urls.size())) + "/shop/v1/products/" + id;
            try {
                var request =
                        HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer t");
                var answer = HTTP.send(request.build(), BodyHandlers.ofString());
                int title =
                        answer.statusCode() == 200
                                ? JSON.readTree(answer.body()).get("title").asInt()
                                : -1;
                if (title < expected) {
                    wrong.add(url + ": " + answer.statusCode() + " " + answer.body());
                }
            } catch (java.io.IOException e) {
                wrong.add(url + ": " + e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            asked.incrementAndGet();
        }
    }

    private static JsonNode cache(String url) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url + "/shop/v1/health")).build();
            return JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body()).get("cache");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
