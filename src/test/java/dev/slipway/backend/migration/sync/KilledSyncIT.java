package dev.slipway.backend.migration.sync;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.testing.Engines;
import dev.slipway.testing.Kills;
import dev.slipway.testing.MariaDb;
import dev.slipway.testing.ServedBackend;
import dev.slipway.testing.SlipwayProcess;
import dev.slipway.testing.StubbornClient;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// Copy and sync as jobs of a backend, while the source changes and whatever carries them is killed
/// at random. `-Dslipway.changes=100000 -Dslipway.kills=20` is the whole of it.
class KilledSyncIT extends SyncWorld {
    private static final String RUNS = "/api/v1/migrations/runs";
    private static final String GO_ON = "{\"anew\":false,\"triggers\":false}";
    private static final String NO_REASON = "{\"reason\":\"\"}";
    private final Random random = Kills.random(getClass());
    private int rounds;

    KilledSyncIT() {
        super(Engines.MARIADB, Engines.POSTGRES);
    }

    @Test
    void theTargetIsEqualAtTheEnd() throws Exception {
        int kills = Kills.number(2);
        Files.createDirectories(folder.resolve("plans"));
        Files.writeString(folder.resolve("plans/changing-shop.yaml"), ChangingShop.PLAN);
        try (var backend = ServedBackend.start(folder, databases())) {
            var client = new StubbornClient(backend.uri(), backend.token());
            var worker = new AtomicReference<>(worker());
            String run = copied(client);
            assertThat(client.write("POST", run + "/sync", GO_ON).status()).isEqualTo(200);
            for (int killed = 0; killed < kills; killed++) {
                long before = applied();
                shop.change((int) (CHANGES - shop.made()) / (kills - killed + 1));
                tenInOneTimestamp();
                eventually("something is brought over", () -> applied() > before);
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(1, 600)).toNanos());
                kill(backend, worker);
            }
            shop.change((int) (CHANGES - shop.made()));
            Instant last = Instant.now();
            // as long as it takes, if only it goes on
            while (!currentSince(client.get(run + "/sync"), last)) {
                long before = applied();
                eventually(
                        "it goes on",
                        () -> applied() > before || currentSince(client.get(run + "/sync"), last));
            }
            JsonNode now = client.get(run + "/sync");
            assertThat(now.get("changes").asLong()).isPositive();
            client.write("POST", run + "/sync/stop", NO_REASON);
            eventually("stopped", () -> state(client, run + "/sync").equals("STOPPED"));
            worker.get().close();
            System.out.println(
                    "%d changes, killed %d times: %s".formatted(shop.made(), kills, now));
        }
        // whatever came in the last second; what was lost before is not found by it
        sync();
        assertEqualToAnUndisturbedMigration();
    }

    /// The first third of the changes are made meanwhile.
    private String copied(StubbornClient client) throws Exception {
        try (var thread = Executors.newSingleThreadExecutor()) {
            var changing =
                    thread.submit(
                            () -> {
                                shop.change(CHANGES / 3);
                                return 0;
                            });
            var started = client.write("POST", RUNS, "{\"plan\":\"changing-shop\"}");
            assertThat(started.status()).as(started.body().toString()).isEqualTo(201);
            String run = RUNS + "/" + started.body().get("id").asText();
            // a validation compares both sides while one of them changes
            eventually("copied", () -> state(client, run).matches("VALIDATED|INVALID"));
            changing.get();
            return run;
        }
    }

    private static boolean currentSince(JsonNode sync, Instant at) {
        return sync.get("state").asText().equals("CURRENT")
                && Instant.parse(sync.get("toldAt").asText()).isAfter(at.plusSeconds(1));
    }

    private static String state(StubbornClient client, String path) {
        return client.get(path).get("state").asText();
    }

    /// The worker, the server, both, or the worker's connection to the target.
    private void kill(ServedBackend backend, AtomicReference<SlipwayProcess> worker)
            throws Exception {
        int whom = random.nextInt(4);
        if (whom == 3) {
            rows(
                    target,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            return;
        }
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

    private void tenInOneTimestamp() throws SQLException {
        int id = 2_000_000 + 10 * ++rounds;
        try (var connection = MariaDb.connect(source);
                var statement = connection.createStatement()) {
            statement.execute("SET timestamp = " + (1_795_000_000L + rounds));
            statement.execute(
                    "INSERT INTO orders SELECT "
                            + id
                            + ", mail, buyer, phone, vendor, country, '1,11', 'open', note, day"
                            + " FROM orders LIMIT 1");
            for (int i = 1; i <= 6; i++) {
                statement.execute("UPDATE orders SET price = '" + i + ",50' WHERE id = " + id);
            }
            statement.execute("UPDATE orders SET id = " + (id + 1) + " WHERE id = " + id);
            statement.execute(
                    "INSERT INTO orders SELECT "
                            + id
                            + ", mail, buyer, phone, vendor, country, '2,22', 'open', note, day"
                            + " FROM orders WHERE id = "
                            + (id + 1));
            statement.execute("DELETE FROM orders WHERE id = " + (id + rounds % 2));
        }
    }

    private String databases() {
        return """
               databases:
                 legacy: {url: "%s", user: "%s"}
                 shop: {url: "%s", user: "%s"}
               migration: {plans: plans}
               """
                .formatted(source.url(), source.user(), target.url(), target.user());
    }

    private SlipwayProcess worker() throws Exception {
        var worker = SlipwayProcess.start("worker", "--with-parent", "--home", folder.toString());
        worker.awaitReady();
        return worker;
    }
}
