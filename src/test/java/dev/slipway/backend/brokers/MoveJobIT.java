package dev.slipway.backend.brokers;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.MessageProperties;

import dev.slipway.api.access.Role;
import dev.slipway.testing.Kills;
import dev.slipway.testing.RabbitMq;
import dev.slipway.testing.RunningBackend;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/// Moves as people ask for them: over HTTP, as a job.
class MoveJobIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BATCH = 50;

    @TempDir Path folder;

    private RunningBackend backend(RabbitMq rabbit) throws Exception {
        Files.writeString(folder.resolve("rabbit.password"), RabbitMq.PASSWORD);
        return new RunningBackend(
                folder,
                InstantSource.system(),
                """
                backend: {port: 0, heartbeat: 1}
                worker: {threads-in-serve: 2}
                brokers:
                  - {name: shop, url: "%s", user: guest, password-file: rabbit.password, access: move}
                """
                        .formatted(rabbit.management()));
    }

    private static String moves(String vhost, List<String> fingerprints, int perSecond)
            throws Exception {
        return JSON.writeValueAsString(
                Map.of(
                        "vhost",
                        vhost,
                        "queue",
                        "dead",
                        "fingerprints",
                        fingerprints,
                        "via",
                        "QUEUE",
                        "perSecond",
                        perSecond,
                        "reason",
                        "the consumer is mended"));
    }

    private static JsonNode job(RunningBackend backend, String id) {
        return RunningBackend.json(backend.get("/api/v1/jobs/" + id, backend.token(Role.OPERATOR)));
    }

    private static boolean succeeded(RunningBackend backend, String id) {
        return job(backend, id).get("state").asText().equals("SUCCEEDED");
    }

    private static String log(RunningBackend backend, String id) {
        return backend.get("/api/v1/jobs/" + id + "/log", backend.token(Role.OPERATOR)).body();
    }

    @Test
    void allThatDiedGoesBackAndTheAuditLogSaysSo() throws Exception {
        RabbitMq rabbit = RabbitMq.shared();
        try (var there = new DeadLetters(rabbit, rabbit.makeVhost("a/b " + System.nanoTime()));
                var backend = backend(rabbit)) {
            there.declare("orders", "dead", "quorum");
            for (int i = 0; i < 30; i++) {
                there.publish("", "orders", "m" + i, MessageProperties.PERSISTENT_TEXT_PLAIN);
            }
            there.reject("orders", 30);
            eventually("all are dead", () -> ready(rabbit, there.vhost) == 30);
            String body = moves(there.vhost, List.of(), 1_000);
            String token = backend.token(Role.OPERATOR);
            var preview = backend.send("POST", "/api/v1/brokers/shop/moves/preview", token, body);
            assertThat(RunningBackend.json(preview).get("messages").asLong()).isEqualTo(30);
            assertThat(RunningBackend.json(preview).at("/destinations/0/to").asText())
                    .isEqualTo("queue orders");

            var answer = backend.send("POST", "/api/v1/brokers/shop/moves", token, body);

            String id = RunningBackend.json(answer).get("jobId").asText();
            eventually(
                    "it is done", () -> job(backend, id).get("state").asText().equals("SUCCEEDED"));
            assertThat(there.drain("orders")).hasSize(30);
            assertThat(log(backend, id)).contains("30 moved, 0 stayed");
            String audit = backend.get("/api/v1/audit", backend.token(Role.ADMIN)).body();
            assertThat(audit)
                    .contains("/brokers/{broker}/moves")
                    .contains("the consumer is mended");
        }
    }

    private static long ready(RabbitMq rabbit, String vhost) {
        try {
            String path = "/api/queues/" + RabbitMq.encode(vhost) + "/dead";
            return JSON.readTree(rabbit.manage("GET", path, null).body())
                    .path("messages_ready")
                    .asLong(-1);
        } catch (java.io.IOException e) {
            return -1;
        }
    }

    @Test
    void aCancelledMoveLeavesTheRestWhereItLay() throws Exception {
        RabbitMq rabbit = RabbitMq.shared();
        try (var there = new DeadLetters(rabbit, rabbit.freshVhost());
                var backend = backend(rabbit)) {
            there.declare("orders", "dead", "classic");
            int number = 600;
            fill(there, number);
            eventually("the broker says so", () -> ready(rabbit, there.vhost) == number);
            String token = backend.token(Role.ONCALL);
            // at this rate it would take a minute
            var answer =
                    backend.send(
                            "POST",
                            "/api/v1/brokers/shop/moves",
                            token,
                            moves(there.vhost, List.of(), 10));
            String id = RunningBackend.json(answer).get("jobId").asText();
            eventually("some have gone", () -> there.depth("orders") >= 10);
            backend.send("POST", "/api/v1/jobs/" + id + "/discard", token, "{\"reason\":\"stop\"}");
            // between two batches of one that goes on all lie somewhere, too
            eventually("it has ended", () -> log(backend, id).contains(" moved, 0 stayed"));
            eventually(
                    "all that did not go lie there",
                    () -> there.depth("orders") + there.depth("dead") == number);
            // what was taken in the second of the cancel, on however slow a machine
            assertThat(there.depth("orders")).isLessThan(number / 2);
        }
    }

    /// What was moved and died again is not moved once more by the worker that goes on.
    @Test
    void aMoveThatGoesOnDoesNotSendThoseThatDiedAgain() throws Exception {
        RabbitMq rabbit = RabbitMq.shared();
        try (var there = new DeadLetters(rabbit, rabbit.freshVhost());
                var backend = backend(rabbit)) {
            there.dyingAtOnce("orders", "dead");
            int number = 120;
            for (int i = 0; i < number; i++) {
                there.publish("", "orders", "m" + i, MessageProperties.PERSISTENT_TEXT_PLAIN);
            }
            eventually("the broker says so", () -> ready(rabbit, there.vhost) == number);
            var answer =
                    backend.send(
                            "POST",
                            "/api/v1/brokers/shop/moves",
                            backend.token(Role.ONCALL),
                            moves(there.vhost, List.of(), 20));
            String id = RunningBackend.json(answer).get("jobId").asText();
            eventually("some have gone", () -> job(backend, id).get("done").asLong() >= 20);

            backend.restart();

            eventually("it is done", () -> succeeded(backend, id));
            assertThat(job(backend, id).get("done").asLong()).isEqualTo(number);
            List<Integer> moved =
                    Pattern.compile("(\\d+) moved, 0 stayed")
                            .matcher(log(backend, id))
                            .results()
                            .map(found -> Integer.valueOf(found.group(1)))
                            .toList();
            assertThat(moved).hasSize(2);
            assertThat(moved.stream().mapToInt(each -> each).sum()).isEqualTo(number);
        }
    }

    private static void fill(DeadLetters there, int number) throws Exception {
        for (int i = 0; i < number; i++) {
            there.channel.basicPublish(
                    "",
                    "orders",
                    MessageProperties.PERSISTENT_TEXT_PLAIN,
                    ("m" + i).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        there.channel.waitForConfirmsOrDie(60_000);
        there.reject("orders", number);
        eventually("all are dead", () -> there.depth("dead") == number);
    }

    @Test
    void aBrokerThatIsKilledMidwayLosesNothing() throws Exception {
        Random random = Kills.random(MoveJobIT.class);
        try (RabbitMq rabbit = RabbitMq.start(Files.createDirectory(folder.resolve("rabbit")));
                var backend = backend(rabbit)) {
            String vhost = rabbit.makeVhost("shop");
            int number = 1_000;
            try (var there = new DeadLetters(rabbit, vhost)) {
                there.declare("orders", "dead", "quorum");
                fill(there, number);
            }
            eventually("the broker says so", () -> ready(rabbit, vhost) == number);
            var answer =
                    backend.send(
                            "POST",
                            "/api/v1/brokers/shop/moves",
                            backend.token(Role.OPERATOR),
                            moves(vhost, List.of(), 1_000));
            String id = RunningBackend.json(answer).get("jobId").asText();
            int kills = Kills.restarts(1);
            for (int kill = 0; kill < kills; kill++) {
                long after = 100 + random.nextInt(number / 2);
                eventually(
                        "it is midway",
                        () ->
                                job(backend, id).get("done").asLong() >= after
                                        || job(backend, id)
                                                .get("state")
                                                .asText()
                                                .equals("SUCCEEDED"));
                rabbit.kill();
                rabbit.startAgain();
            }
            try {
                eventually("it is done", () -> succeeded(backend, id));
            } catch (AssertionError e) {
                throw new AssertionError(job(backend, id) + "\n" + log(backend, id), e);
            }
            try (var there = new DeadLetters(rabbit, vhost)) {
                List<String> moved = there.drain("orders");
                List<String> left = there.drain("dead");
                var all = new HashSet<>(moved);
                all.addAll(left);
                System.out.println(
                        "MoveJobIT: %d messages, %d moved, %d left, %d twice"
                                .formatted(
                                        number,
                                        moved.size(),
                                        left.size(),
                                        moved.size() + left.size() - number));
                assertThat(all).hasSize(number);
                // what was under way at each kill may be in both places, and no more
                assertThat(moved.size() + left.size()).isBetween(number, number + kills * BATCH);
            }
        }
    }
}
