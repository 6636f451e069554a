package dev.slipway.backend;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.api.access.Role;
import dev.slipway.testing.Kills;
import dev.slipway.testing.RunningBackend;
import dev.slipway.testing.ServedBackend;
import dev.slipway.testing.StubbornClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// The server killed among writes: each is done once and known to be done, with one entry in the
/// audit log, whatever moment it was.
class KilledServerIT {
    private static final int KILLS = Kills.number(3);
    private static final int WRITERS = 4;

    @TempDir Path home;

    @Test
    void everyWriteIsDoneOnceAndNoneIsUnknown() throws Exception {
        Random random = Kills.random(getClass());
        var names = new ConcurrentLinkedQueue<String>();
        var resent = new AtomicInteger();
        try (var backend = ServedBackend.start(home);
                var writers = Executors.newFixedThreadPool(WRITERS)) {
            var client = new StubbornClient(backend.uri(), backend.token());
            var stop = new AtomicBoolean();
            List<Future<?>> writing = new ArrayList<>();
            for (int w = 0; w < WRITERS; w++) {
                String prefix = "w" + w + "-";
                writing.add(
                        writers.submit(
                                () -> {
                                    for (int i = 0; !stop.get(); i++) {
                                        String name = prefix + i;
                                        String body = RunningBackend.newUser(name, Role.VIEWER);
                                        var made = client.write("POST", "/api/v1/users", body);
                                        assertThat(made.status()).isEqualTo(201);
                                        assertThat(made.body().get("name").asText())
                                                .isEqualTo(name);
                                        names.add(name);
                                        resent.addAndGet(made.sent() > 1 ? 1 : 0);
                                    }
                                }));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                int writes = names.size() + 1 + random.nextInt(12);
                eventually("writes go on", () -> names.size() >= writes);
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(100)).toNanos());
                backend.kill();
                backend.startAgain();
            }
            stop.set(true);
            for (Future<?> each : writing) {
                each.get();
            }
            System.out.printf(
                    "killed the server %d times: %d writes, %d had to be sent again%n",
                    KILLS, names.size(), resent.get());
            assertDoneOnce(client, names);
        }
    }

    private static void assertDoneOnce(StubbornClient client, ConcurrentLinkedQueue<String> names) {
        List<String> users = client.get("/api/v1/users").findValuesAsText("name");
        assertThat(users.stream().filter(n -> n.startsWith("w")))
                .containsExactlyInAnyOrderElementsOf(names);
        Map<String, Integer> audited = new HashMap<>();
        String next = "";
        do {
            JsonNode page = client.get("/api/v1/audit?limit=500" + next);
            for (JsonNode entry : page.get("items")) {
                if (entry.get("status").asInt() == 201) {
                    audited.merge(entry.get("subject").asText(), 1, Integer::sum);
                }
            }
            next = page.get("next").isNull() ? "" : "&after=" + page.get("next").asText();
        } while (!next.isEmpty());
        assertThat(audited.keySet()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(audited.values()).containsOnly(1);
    }
}
