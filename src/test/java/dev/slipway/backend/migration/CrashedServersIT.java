package dev.slipway.backend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.config.Database;
import dev.slipway.testing.Kills;
import dev.slipway.testing.ServedBackend;
import dev.slipway.testing.SlipwayProcess;
import dev.slipway.testing.StubbornClient;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Processes are killed and both databases crash in the midst of migrations, at random: what comes
/// of them is what comes of an undisturbed one.
class CrashedServersIT {
    private static final String RUNS = "/api/v1/migrations/runs";
    private static final int PATIENCE_MINUTES = 4;

    /// Disturbances of one run. Ends of a database that a run meets count as its attempts, of which
    /// it has eight.
    private static final int MOST_EACH = 7;

    private final Random random = Kills.random(getClass());
    private final int kills = Kills.number(2);
    private final int restarts = Kills.restarts(1);
    private int killed;
    private int crashed;

    @TempDir static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static CrashingShop shop;

    @SuppressWarnings("NullAway.Init")
    private static Map<String, String> wanted;

    @BeforeAll
    static void undisturbed() throws Exception {
        shop = new CrashingShop(folder);
        Process process = start("undisturbed", shop.make("undisturbed"));
        assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(told("undisturbed")).isZero();
        shop.assertNothingLostOrDoubled("undisturbed");
        wanted = shop.content("undisturbed");
    }

    @AfterAll
    static void end() throws Exception {
        shop.close();
    }

    @Test
    void theCommandGoesOnUntilItIsAsIfNothingHadHappened() throws Exception {
        int migrations = 0;
        int failed = 0;
        while (disturbances() > 0) {
            String target = "killed" + ++migrations;
            Database to = shop.make(target);
            for (int exit = -1; exit != 0; ) {
                Process process = start(target, to);
                long until = shop.chunksDone(target) + random.nextLong(CrashingShop.CHUNKS / 4);
                while (process.isAlive() && shop.chunksDone(target) <= until) {
                    rest(random.nextInt(1, 15));
                }
                if (process.isAlive() && disturbances() > 0 && disturbsProcess()) {
                    process.destroyForcibly().waitFor();
                    killed++;
                    continue;
                }
                assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
                exit = process.exitValue();
                failed += exit == 0 ? 0 : 1;
                assertThat(exit == 0 || told(target).contains("a database failed: "))
                        .as(told(target))
                        .isTrue();
            }
            same(target);
            assertThat(checksums(target)).isEqualTo(checksums("undisturbed"));
        }
        System.out.printf(
                "killed 'migrate' %d times and crashed the databases %d times in %d migrations;"
                        + " it ended by itself with a database's failure %d times%n",
                killed, crashed, migrations, failed);
    }

    /// A run that is under way goes on by itself.
    @Test
    void theBackendGoesOnByItselfUntilItIsAsIfNothingHadHappened() throws Exception {
        try (var backend = ServedBackend.start(folder, configuration(kills + 2 * restarts))) {
            var client = new StubbornClient(backend.uri(), backend.token());
            SlipwayProcess worker = worker();
            int migrations = 0;
            while (disturbances() > 0) {
                String target = "shop" + ++migrations;
                shop.make(target);
                var started = client.write("POST", RUNS, "{\"plan\":\"" + target + "\"}");
                assertThat(started.status()).as(started.body().toString()).isEqualTo(201);
                String run = RUNS + "/" + started.body().get("id").asText();
                for (int i = 0; i < MOST_EACH && disturbances() > 0; i++) {
                    if (!awaitMore(client, run, target)) {
                        break;
                    }
                    worker = disturb(backend, worker);
                }
                await(() -> state(client, run).equals("VALIDATED"));
                same(target);
            }
            worker.close();
            System.out.printf(
                    "killed server or worker %d times and crashed the databases %d times in %d"
                            + " migrations%n",
                    killed, crashed, migrations);
        }
    }

    private int disturbances() {
        return kills - killed + 2 * restarts - crashed;
    }

    /// Kills a process, or lets one of the databases crash and come back.
    ///
    /// @return whether it is to be a process
    private boolean disturbsProcess() throws Exception {
        int which = random.nextInt(disturbances());
        if (which < kills - killed) {
            return true;
        }
        if (crashed++ % 2 == 0) {
            shop.legacy.killAndStartAgain();
        } else {
            shop.targets.crashAndStartAgain();
        }
        return false;
    }

    private SlipwayProcess disturb(ServedBackend backend, SlipwayProcess worker) throws Exception {
        if (!disturbsProcess()) {
            return worker;
        }
        killed++;
        int whom = random.nextInt(3);
        if (whom != 0) {
            worker.kill();
        }
        if (whom != 1) {
            backend.kill();
            backend.startAgain();
        }
        return whom == 0 ? worker : worker();
    }

    private void same(String target) throws Exception {
        System.out.printf(
                "%s is at its end after %d kills and %d crashes so far%n", target, killed, crashed);
        assertThat(shop.content(target)).isEqualTo(wanted);
        shop.assertNothingLostOrDoubled(target);
    }

    private static Process start(String name, Database to) throws Exception {
        Path plan = folder.resolve(name + ".yaml");
        Files.writeString(plan, CrashingShop.plan(name));
        Database from = shop.legacy.database();
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        MigrateProcess.class.getName(),
                        "--plan",
                        plan.toString(),
                        "--source",
                        from.url(),
                        "--source-user",
                        from.user(),
                        "--target",
                        to.url(),
                        "--target-user",
                        to.user(),
                        "--report",
                        folder.resolve(name + ".json").toString())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile()))
                .start();
    }

    private static String told(String name) throws Exception {
        return Files.readString(folder.resolve(name + ".log"));
    }

    private static List<String> checksums(String name) throws Exception {
        return new ObjectMapper()
                .readTree(folder.resolve(name + ".json").toFile())
                .get("steps")
                .findValuesAsText("checksum");
    }

    private static String configuration(int most) throws Exception {
        Files.createDirectories(folder.resolve("plans"));
        Database from = shop.legacy.database();
        var databases = new StringBuilder("databases:\n");
        databases.append("  legacy: {url: '%s', user: %s}\n".formatted(from.url(), from.user()));
        for (int i = 1; i <= most; i++) {
            String name = "shop" + i;
            Database to = shop.targets.database(name);
            databases.append("  %s: {url: '%s', user: %s}\n".formatted(name, to.url(), to.user()));
            Files.writeString(folder.resolve("plans/" + name + ".yaml"), CrashingShop.plan(name));
        }
        return databases + "migration: {plans: plans, hands: 2}\n";
    }

    /// @return whether the migration is still under way after some more chunks
    private boolean awaitMore(StubbornClient client, String run, String target) {
        long until = shop.chunksDone(target) + random.nextLong(CrashingShop.CHUNKS / 4);
        await(() -> shop.chunksDone(target) > until || state(client, run).equals("VALIDATED"));
        return !state(client, run).equals("VALIDATED");
    }

    private static String state(StubbornClient client, String run) {
        return client.get(run).get("state").asText();
    }

    /// A job whose worker died is taken over when its lease ends, and one that failed is tried
    /// again after a while.
    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofMinutes(PATIENCE_MINUTES).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            rest(20);
        }
    }

    private static void rest(int millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }

    private SlipwayProcess worker() throws Exception {
        var worker = SlipwayProcess.start("worker", "--with-parent", "--home", folder.toString());
        worker.awaitReady();
        return worker;
    }
}
