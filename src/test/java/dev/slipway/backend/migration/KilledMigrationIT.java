package dev.slipway.backend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.testing.Kills;
import dev.slipway.testing.ServedBackend;
import dev.slipway.testing.SlipwayProcess;
import dev.slipway.testing.StubbornClient;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A migration whose processes are killed at random ends as if nothing had happened.
class KilledMigrationIT {
    private static final String RUNS = "/api/v1/migrations/runs";

    @TempDir Path folder;
    private final Random random = Kills.random(getClass());

    @SuppressWarnings("NullAway.Init")
    private KillableShop shop;

    @BeforeEach
    void fill() throws Exception {
        shop = new KillableShop(folder);
        Files.createDirectories(folder.resolve("plans"));
        Files.writeString(folder.resolve("plan.yaml"), KillableShop.plan("killed"));
    }

    @Test
    void withoutABackend() throws Exception {
        int kills = Kills.number(2);
        assertThat(start("undisturbed").waitFor(120, TimeUnit.SECONDS)).isTrue();
        int killed = 0;
        for (int i = 0; i < kills; i++) {
            long until = next("killed", kills);
            Process process = start("killed");
            while (process.isAlive() && shop.chunksDone("killed") <= until) {
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(1, 10)).toNanos());
            }
            killed += process.isAlive() ? 1 : 0;
            process.destroyForcibly();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(killed).isPositive();
        Process last = start("killed");
        assertThat(last.waitFor(120, TimeUnit.SECONDS)).isTrue();

        System.out.println("killed 'migrate' " + killed + " times of " + kills);
        assertThat(last.exitValue()).isZero();
        assertThat(checksums("killed")).isEqualTo(checksums("undisturbed"));
        shop.assertNothingLostOrDoubled("killed");
    }

    /// The worker, the server, or both at once, in as many migrations as it takes.
    @Test
    void withServerAndWorker() throws Exception {
        int kills = Kills.number(2);
        try (var backend = ServedBackend.start(folder, databases(kills))) {
            var client = new StubbornClient(backend.uri(), backend.token());
            var worker = new AtomicReference<>(worker());
            int killed = 0;
            int migrations = 0;
            while (killed < kills) {
                String target = "shop" + ++migrations;
                var started = client.write("POST", RUNS, "{\"plan\":\"" + target + "\"}");
                assertThat(started.status()).as(started.body().toString()).isEqualTo(201);
                String run = RUNS + "/" + started.body().get("id").asText();
                while (killed < kills && awaitMore(client, run, target)) {
                    kill(backend, worker);
                    killed++;
                }
                await(() -> state(client, run).equals("VALIDATED"));
                shop.assertNothingLostOrDoubled(target);
            }
            worker.get().close();
            assertThat(client.get(RUNS).get("items")).hasSize(migrations);
            System.out.println(
                    "killed server or worker "
                            + killed
                            + " times in "
                            + migrations
                            + " migrations");
        }
    }

    private void kill(ServedBackend backend, AtomicReference<SlipwayProcess> worker)
            throws Exception {
        int whom = random.nextInt(3);
        if (whom != 0) {
            worker.get().kill();
        }
        if (whom != 1) {
            backend.kill();
            backend.startAgain();
        }
        if (whom != 0) {
            worker.set(worker());
        }
    }

    private String databases(int most) throws Exception {
        var databases =
                new StringBuilder(
                        "databases:\n  legacy: {url: '%s'}\n".formatted(shop.url("legacy")));
        for (int i = 1; i <= most; i++) {
            String target = "shop" + i;
            databases.append("  %s: {url: '%s'}\n".formatted(target, shop.url(target)));
            Files.writeString(
                    folder.resolve("plans/" + target + ".yaml"), KillableShop.slowPlan(target));
        }
        return databases + "migration: {plans: plans}\n";
    }

    /// @return whether the migration is still under way after some more chunks
    private boolean awaitMore(StubbornClient client, String run, String target) {
        long until = shop.chunksDone(target) + random.nextLong(60);
        await(() -> shop.chunksDone(target) > until || state(client, run).equals("VALIDATED"));
        return !state(client, run).equals("VALIDATED");
    }

    /// How many chunks are to be done before the next kill.
    private long next(String target, int kills) {
        return shop.chunksDone(target) + random.nextLong(KillableShop.CHUNKS / (kills + 1));
    }

    private static String state(StubbornClient client, String run) {
        return client.get(run).get("state").asText();
    }

    /// A job whose worker died is taken over when its lease ends, ten seconds later.
    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private SlipwayProcess worker() throws Exception {
        var worker = SlipwayProcess.start("worker", "--with-parent", "--home", folder.toString());
        worker.awaitReady();
        return worker;
    }

    private List<String> checksums(String name) throws Exception {
        return new ObjectMapper()
                .readTree(folder.resolve(name + ".json").toFile())
                .get("steps")
                .findValuesAsText("checksum");
    }

    private Process start(String name) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        MigrateProcess.class.getName(),
                        "--plan",
                        folder.resolve("plan.yaml").toString(),
                        "--source",
                        shop.url("legacy"),
                        "--target",
                        shop.url(name),
                        "--report",
                        folder.resolve(name + ".json").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }
}
