package dev.slipway.backend.metrics;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.events.Change;
import dev.slipway.api.metrics.CacheStatus;
import dev.slipway.backend.http.WireJson;
import dev.slipway.shop.ShopServer;
import dev.slipway.shop.ShopSettings;
import dev.slipway.shop.cache.Ages;
import dev.slipway.shop.cache.CacheSettings;
import dev.slipway.testing.Redis;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// What the backend says of the cache of a real shop over a real Redis.
class CacheWatchIT {
    @TempDir Path folder;

    private ShopServer shop(Redis redis) throws Exception {
        var cache =
                new CacheSettings.Redis(
                        URI.create(redis.url()), "", "", Duration.ofSeconds(2), 1 << 20);
        return ShopServer.start(
                new ShopSettings(
                        "127.0.0.1",
                        0,
                        URI.create("http://127.0.0.1:1"),
                        Files.writeString(folder.resolve("token"), "t"),
                        folder.resolve("intake.sqlite"),
                        new CacheSettings(
                                new Ages(Duration.ofMinutes(5), Duration.ofMinutes(5)),
                                1 << 20,
                                Optional.of(cache)),
                        "jdbc:sqlite:" + folder.resolve("shop.sqlite")),
                Clock.systemUTC());
    }

    private static void ask(ShopServer shop, int times) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            for (int i = 0; i < times; i++) {
                var request =
                        HttpRequest.newBuilder(URI.create(shop.url() + "/shop/v1/vendors"))
                                .header("Authorization", "Bearer t")
                                .build();
                assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void itsFiguresAreThoseOfTheLastMinuteAndUnknownIsNotZero() throws Exception {
        List<Change> told = new CopyOnWriteArrayList<>();
        try (Redis redis = Redis.start(folder.resolve("redis"));
                ShopServer shop = shop(redis);
                var watch =
                        new CacheWatch(
                                List.of(URI.create(shop.url())),
                                told::add,
                                WireJson.mapper(),
                                Clock.systemUTC())) {
            ask(shop, 3);
            watch.look();
            CacheStatus first = watch.latest().getFirst();
            assertThat(first.where()).isEqualTo("redis");
            // one look says nothing of a minute
            assertThat(first.hitRatio()).isNull();
            assertThat(first.asked()).isNull();
            watch.look();
            assertThat(watch.latest().getFirst().asked()).isZero();
            assertThat(watch.latest().getFirst().hitRatio()).isNull();

            ask(shop, 4);
            watch.look();
            CacheStatus asked = watch.latest().getFirst();
            assertThat(asked.asked()).isEqualTo(4);
            assertThat(asked.hitRatio()).isEqualTo(1.0);
            assertThat(asked.loads()).isZero();
            assertThat(asked.bytes()).isPositive();
            assertThat(asked.maxBytes()).isNull();
            assertThat(asked.awaySince()).isNull();

            redis.kill();
            ask(shop, 2);
            watch.look();
            CacheStatus away = watch.latest().getFirst();
            assertThat(away.awaySince()).isNotNull();
            assertThat(away.problem()).isNotEmpty();
            assertThat(away.entries()).isNull();
            assertThat(away.bytes()).isNull();
            assertThat(away.loads()).isEqualTo(2);

            redis.startAgain();
            eventually("it is back", () -> back(watch));
            assertThat(told).allMatch(change -> change.kind().equals("cache"));
        }
    }

    private static boolean back(CacheWatch watch) {
        try {
            watch.look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return watch.latest().getFirst().awaySince() == null;
    }

    @Test
    void aShopThatIsGoneHasNoFigures() throws Exception {
        try (var watch =
                new CacheWatch(
                        List.of(URI.create("http://127.0.0.1:1")),
                        _ -> {},
                        WireJson.mapper(),
                        Clock.systemUTC())) {
            watch.look();
            CacheStatus gone = watch.latest().getFirst();
            assertThat(gone.reachable()).isFalse();
            assertThat(gone.asOf()).isNull();
            assertThat(gone.hitRatio()).isNull();
            assertThat(gone.problem()).isEqualTo("the shop does not answer");
        }
    }
}
