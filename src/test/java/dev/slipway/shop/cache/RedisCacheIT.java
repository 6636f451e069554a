package dev.slipway.shop.cache;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testing.Redis;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class RedisCacheIT extends CacheSuite {
    /// Long enough for a loaded machine; what is measured with a short one says so.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @TempDir Path folder;

    private final List<Cache> open = new ArrayList<>();
    private Redis redis;
    private Cache cache;

    @BeforeEach
    void start() {
        redis = Redis.start(folder);
        cache = process("shape-1");
    }

    @AfterEach
    void close() {
        open.forEach(Cache::close);
        redis.close();
    }

    @Override
    Cache cache() {
        return cache;
    }

    @Override
    void pass(Duration time) {
        try (RedisClient client = client()) {
            for (String key : client.keys("slipway:*:a:*")) {
                client.pexpire(key, Math.max(1, client.pttl(key) - time.toMillis()));
            }
            eventually(
                    "what is too old is gone",
                    () -> client.keys("slipway:*:a:*").stream().allMatch(k -> client.pttl(k) > 5));
        }
    }

    private RedisClient client() {
        return RedisClient.create("127.0.0.1", redis.port());
    }

    /// The cache as another process has it.
    private Cache process(String shape) {
        return process(shape, settings(PATIENCE, ""));
    }

    private Cache process(String shape, CacheSettings.Redis settings) {
        var other = new RedisCache(settings, AGES, shape, InstantSource.system());
        open.add(other);
        return other;
    }

    private CacheSettings.Redis settings(Duration patience, String password) {
        return new CacheSettings.Redis(URI.create(redis.url()), "", password, patience, LARGEST);
    }

    @Test
    void aStampedeOfManyProcessesCostsOneLoad() throws Exception {
        List<Cache> processes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            processes.add(process("shape-1"));
        }
        for (int round = 0; round < 5; round++) {
            String question = "q" + round;
            var loads = new AtomicInteger();
            var start = new CyclicBarrier(8 * 10);
            try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<byte[]>> answers = new ArrayList<>();
                for (Cache process : processes) {
                    for (int i = 0; i < 10; i++) {
                        answers.add(
                                askers.submit(
                                        () -> {
                                            start.await(60, TimeUnit.SECONDS);
                                            return process.get(
                                                    question,
                                                    () -> bytes("a" + loads.incrementAndGet()));
                                        }));
                    }
                }
                for (Future<byte[]> answer : answers) {
                    assertThat(answer.get(60, TimeUnit.SECONDS)).asString().isEqualTo("a1");
                }
            }
            assertThat(loads).hasValue(1);
        }
    }

    @Test
    void aStaleAnswerIsRenewedByOneProcess() {
        Cache other = process("shape-1");
        cache.get("q", () -> bytes("old"));
        pass(AGES.fresh().plusSeconds(1));
        var loads = new AtomicInteger();
        eventually(
                "both give the new one",
                () -> List.of(cache, other).stream().allMatch(each -> renewed(each, loads)));
        assertThat(loads).hasValue(1);
    }

    private static boolean renewed(Cache each, AtomicInteger loads) {
        byte[] answer = each.get("q", () -> bytes("new" + loads.incrementAndGet()));
        return new String(answer, StandardCharsets.UTF_8).startsWith("new");
    }

    @Test
    void aClearReachesEveryProcess() {
        Cache other = process("shape-1");
        cache.get("q", () -> bytes("old"));
        assertThat(other.get("q", () -> bytes("-"))).asString().isEqualTo("old");

        other.clear();

        assertThat(cache.get("q", () -> bytes("new"))).asString().isEqualTo("new");
        assertThat(other.get("q", () -> bytes("-"))).asString().isEqualTo("new");
    }

    @Test
    void anAnswerOfAnotherShapeIsNeverRead() {
        Cache older = process("shape-0");
        older.get("q", () -> bytes("{\"price\":\"1,00\"}"));
        assertThat(cache.get("q", () -> bytes("{\"price\":1.00}")))
                .asString()
                .isEqualTo("{\"price\":1.00}");
        assertThat(older.get("q", () -> bytes("-"))).asString().isEqualTo("{\"price\":\"1,00\"}");
    }

    @Test
    void whatSomeoneElseWroteThereIsNoAnswer() {
        cache.get("q", () -> bytes("kept"));
        try (RedisClient client = client()) {
            String key = client.keys("slipway:*:a:q").iterator().next();
            byte[] good = client.get(key.getBytes(StandardCharsets.UTF_8));
            byte[] flipped = good.clone();
            flipped[flipped.length - 1] ^= 1;
            for (byte[] bad : List.of(new byte[0], bytes("{}"), new byte[5_000], flipped)) {
                client.set(key.getBytes(StandardCharsets.UTF_8), bad);
                client.pexpire(key, 60_000);
                assertThat(cache.get("q", () -> bytes("true"))).asString().isEqualTo("true");
            }
            client.del(key);
            client.lpush(key, "a list");
            assertThat(cache.get("q", () -> bytes("true"))).asString().isEqualTo("true");
            assertThat(cache.stats().awaySince()).isNull();
            assertThat(cache.stats().problem()).contains("WRONGTYPE");
        }
    }

    @Test
    void aLostGenerationBringsNoOldAnswerBack() {
        cache.get("q", () -> bytes("old"));
        try (RedisClient client = client()) {
            for (int i = 0; i < 20; i++) {
                client.keys("slipway:*:generation").forEach(client::del);
                int round = i;
                assertThat(cache.get("q", () -> bytes("a" + round))).asString().isEqualTo("a" + i);
            }
        }
    }

    @Test
    void aProcessThatDiedAtWorkHoldsNoOneUpForLong() {
        cache.get("other", () -> bytes("-"));
        try (RedisClient client = client()) {
            String key = client.keys("slipway:*:a:other").iterator().next();
            client.set(key.replace(":a:other", ":l:q"), "of the dead");
        }
        assertThat(cache.get("q", () -> bytes("a"))).asString().isEqualTo("a");
    }

    @Test
    void withoutRedisTheDatabaseAnswersAndSoItIsSaid() {
        cache.get("q", () -> bytes("1"));
        redis.kill();

        assertThat(cache.get("q", () -> bytes("2"))).asString().isEqualTo("2");
        assertThat(cache.get("q", () -> bytes("3"))).asString().isEqualTo("3");
        Cache.Stats away = cache.stats();
        assertThat(away.awaySince()).isNotNull();
        assertThat(away.problem()).isNotEmpty();
        assertThat(away.entries()).isNull();
        assertThat(away.bytes()).isNull();

        redis.startAgain();
        eventually("it is used again", () -> cache.stats().awaySince() == null);
        cache.get("q", () -> bytes("4"));
        assertThat(cache.get("q", () -> bytes("5"))).asString().isEqualTo("4");
    }

    @Test
    void aClearThatRedisMissedIsMadeUpFor() {
        cache.get("q", () -> bytes("old"));
        redis.freeze();
        // it still holds the old answer
        assertThat(cache.get("q", () -> bytes("new"))).asString().isEqualTo("new");
        assertThat(cache.clear()).isFalse();
        redis.thaw();
        eventually("it is used again", () -> cache.stats().awaySince() == null);

        assertThat(cache.get("q", () -> bytes("newer"))).asString().isEqualTo("newer");
        assertThat(process("shape-1").get("q", () -> bytes("-"))).asString().isEqualTo("newer");
    }

    @Test
    void aClearReachesARedisThatIsBackBeforeThisProcessLookedAgain() {
        // it never looks again: time stands still for it
        var left =
                new RedisCache(
                        settings(PATIENCE, ""),
                        AGES,
                        "shape-1",
                        InstantSource.fixed(Instant.EPOCH));
        open.add(left);
        redis.kill();
        left.get("q", () -> bytes("-"));
        cache.get("q", () -> bytes("-"));
        assertThat(left.clear()).isFalse();
        redis.startAgain();
        eventually("another uses it again", () -> cache.stats().awaySince() == null);
        cache.get("q", () -> bytes("old"));

        assertThat(left.clear()).isTrue();

        assertThat(left.stats().awaySince()).isNotNull();
        assertThat(cache.get("q", () -> bytes("new"))).asString().isEqualTo("new");
    }

    @Test
    void aRedisThatHangsSlowsOnePageAndNotTheNext() {
        var patience = Duration.ofMillis(500);
        Cache hasty = process("shape-2", settings(patience, ""));
        hasty.get("q", () -> bytes("kept"));
        redis.freeze();
        int pages = 200;
        long start = System.nanoTime();
        for (int i = 0; i < pages; i++) {
            int page = i;
            assertThat(hasty.get("q" + i, () -> bytes("a" + page))).asString().isEqualTo("a" + i);
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        redis.thaw();
        // if each waited, it would be 100 seconds
        assertThat(millis).isLessThan(patience.toMillis() * pages / 10);
    }

    @Test
    void aWrongPasswordIsSaidAndStopsNothing() {
        try (Redis guarded = Redis.start(folder.resolve("guarded"), "--requirepass", "right")) {
            var url = URI.create(guarded.url());
            Cache wrong =
                    process(
                            "shape-1",
                            new CacheSettings.Redis(url, "", "wrong", PATIENCE, LARGEST));
            assertThat(wrong.get("q", () -> bytes("a"))).asString().isEqualTo("a");
            assertThat(wrong.stats().problem()).contains("WRONGPASS");
            Cache right =
                    process(
                            "shape-1",
                            new CacheSettings.Redis(url, "", "right", PATIENCE, LARGEST));
            right.get("q", () -> bytes("a"));
            assertThat(right.get("q", () -> bytes("b"))).asString().isEqualTo("a");
        }
    }

    @Test
    void aUserWhoMayNotAskForFiguresIsServedAllTheSame() {
        try (RedisClient admin = client()) {
            var rights = new CommandArguments(Protocol.Command.ACL);
            for (String right : "SETUSER shop on >right ~* &* +@all -info -dbsize".split(" ", -1)) {
                rights.add(right);
            }
            admin.executeCommand(new CommandObject<>(rights, BuilderFactory.STRING));
        }
        var url = URI.create(redis.url());
        Cache bound =
                process(
                        "shape-1",
                        new CacheSettings.Redis(url, "shop", "right", PATIENCE, LARGEST));
        bound.get("q", () -> bytes("a"));
        assertThat(bound.get("q", () -> bytes("b"))).asString().isEqualTo("a");
        assertThat(bound.stats().awaySince()).isNull();
    }

    @Test
    void aRedisThatIsFullIsNotAway() {
        try (Redis full =
                Redis.start(
                        folder.resolve("full"),
                        "--maxmemory",
                        "2mb",
                        "--maxmemory-policy",
                        "noeviction")) {
            var url = URI.create(full.url());
            Cache much = process("s", new CacheSettings.Redis(url, "", "", PATIENCE, LARGEST));
            for (int i = 0; i < 100; i++) {
                much.get("q" + i, () -> new byte[50_000]);
            }
            assertThat(much.get("q0", () -> bytes("-"))).hasSize(50_000);
            assertThat(much.stats().awaySince()).isNull();
            assertThat(much.stats().problem()).contains("OOM");

            assertThat(much.clear()).isTrue();
            assertThat(much.get("q0", () -> bytes("new"))).asString().isEqualTo("new");
        }
    }

    @Test
    void whatRedisHadToDropIsCounted() {
        try (Redis small =
                Redis.start(
                        folder.resolve("small"),
                        "--maxmemory",
                        "3mb",
                        "--maxmemory-policy",
                        "allkeys-lru")) {
            var url = URI.create(small.url());
            Cache much = process("s", new CacheSettings.Redis(url, "", "", PATIENCE, LARGEST));
            for (int i = 0; i < 200; i++) {
                int each = i;
                byte[] answer = much.get("q" + i, () -> new byte[30_000 + each]);
                assertThat(answer).hasSize(30_000 + i);
            }
            eventually(
                    "evictions are told",
                    () -> {
                        Long evictions = much.stats().evictions();
                        return evictions != null && evictions > 50;
                    });
            assertThat(much.stats().maxBytes()).isEqualTo(3L << 20);
        }
    }
}
