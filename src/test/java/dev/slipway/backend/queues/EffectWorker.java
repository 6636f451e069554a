package dev.slipway.backend.queues;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.queues.dispatch.BrokerSettings;
import dev.slipway.backend.queues.dispatch.Dispatch;
import dev.slipway.backend.store.EventLog;
import dev.slipway.backend.store.StateStore;
import dev.slipway.config.Database;
import dev.slipway.shop.cache.Ages;
import dev.slipway.shop.cache.Cache;
import dev.slipway.shop.cache.CacheSettings;
import dev.slipway.shop.cache.CaffeineCache;
import dev.slipway.shop.cache.RedisCache;
import dev.slipway.testing.States;

import org.jdbi.v3.core.Handle;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A worker in a process of its own that a test may kill. Its jobs' effect is a row in
/// `effect_sink`, which has no key that would hide a double, written in the transaction of the
/// record that the job was done. It holds the rate too, which the job asked the shop's cache for,
/// and the rate that held when the job was published: rates only rise.
final class EffectWorker {
    private static final Duration LEASE = Duration.ofSeconds(5);

    private EffectWorker() {}

    /// @param state as [States#at] says it
    /// @param broker `amqp://host:port/vhost`, or empty for the embedded dispatch
    /// @param redis `redis://host:port` of the cache that all of them share, or empty for one of
    ///   its own
    static Process start(Database state, String broker, String redis, String name, Path log)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EffectWorker.class.getName(),
                        state.url(),
                        state.user(),
                        name,
                        redis,
                        broker));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    static void tables(Handle handle) {
        handle.execute("CREATE TABLE effect_done (job TEXT PRIMARY KEY)");
        handle.execute("CREATE TABLE effect_sink (job TEXT NOT NULL, rate BIGINT, least BIGINT)");
        handle.execute("CREATE TABLE effect_rate (rate BIGINT NOT NULL)");
        handle.execute("INSERT INTO effect_rate VALUES (0)");
    }

    static BrokerSettings settings(String broker) {
        return new BrokerSettings(URI.create(broker), "guest", "guest", "test");
    }

    /// Ends when its standard input does.
    public static void main(String[] args) throws Exception {
        var clock = InstantSource.system();
        var json = WireJson.mapper();
        var store = States.opened(args[0], args[1]);
        var cache = cache(args[3]);
        var worker =
                new Worker(
                        args[2],
                        WorkerProcess.settings(LEASE),
                        List.of(handler(store, cache)),
                        store,
                        new EventLog(json, clock),
                        json,
                        clock,
                        new Random());
        if (!args[4].isEmpty()) {
            var dispatch =
                    new Dispatch(
                            store,
                            new EventLog(json, clock),
                            settings(args[4]),
                            clock,
                            args[2],
                            List.of());
            dispatch.start();
            worker.fedBy(dispatch);
        }
        worker.start();
        while (System.in.read() >= 0) {
            // whoever started it has nothing to say
        }
        worker.close();
        cache.close();
        store.close();
        System.exit(0);
    }

    /// The shop's cache, whose answers hold for longer than a test takes.
    static Cache cache(String redis) {
        var ages = new Ages(Duration.ofHours(1), Duration.ofHours(1));
        if (redis.isEmpty()) {
            return new CaffeineCache(ages, 1 << 20);
        }
        var settings =
                new CacheSettings.Redis(URI.create(redis), "", "", Duration.ofMillis(500), 1 << 20);
        return new RedisCache(settings, ages, "effects", InstantSource.system());
    }

    private static JobHandler handler(StateStore store, Cache cache) {
        return QueueFixture.handler(
                "effect",
                job -> {
                    byte[] rate = cache.get("rate", () -> rate(store));
                    long seen = Long.parseLong(new String(rate, US_ASCII));
                    int least = (Integer) requireNonNull(job.payload(Map.class).get("least"));
                    store.writing(h -> effect(h, job.id(), seen, least));
                });
    }

    private static byte[] rate(StateStore store) {
        String sql = "SELECT rate FROM effect_rate";
        long rate = store.read(handle -> handle.createQuery(sql).mapTo(Long.class).one());
        return Long.toString(rate).getBytes(US_ASCII);
    }

    private static void effect(Handle handle, String job, long rate, int least) {
        int fresh =
                handle.execute("INSERT INTO effect_done VALUES (?) ON CONFLICT DO NOTHING", job);
        if (fresh == 1) {
            handle.execute("INSERT INTO effect_sink VALUES (?, ?, ?)", job, rate, least);
        }
    }
}
