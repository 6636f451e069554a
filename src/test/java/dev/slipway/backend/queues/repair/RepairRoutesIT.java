package dev.slipway.backend.queues.repair;

import static dev.slipway.testing.Eventually.eventually;
import static dev.slipway.testing.RunningBackend.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.backend.store.StateStore;
import dev.slipway.testing.FailedJobs;
import dev.slipway.testing.FailedJobs.Lot;
import dev.slipway.testing.RunningBackend;
import dev.slipway.testing.States;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/// Repairs as another program sees them.
@ParameterizedClass
@EnumSource(States.class)
class RepairRoutesIT {
    private static final String ALL =
            """
            {"act": "DISCARD", "filter": {"queue": "mail", "text": "order"}}""";
    private static final String START =
            """
            {"rate": 5000, "probe": 1, "stopPercent": 10, "reason": "sent twice already"}""";

    private final States states;

    RepairRoutesIT(States states) {
        this.states = states;
    }

    @SuppressWarnings("NullAway.Init")
    private RunningBackend backend;

    @SuppressWarnings("NullAway.Init")
    private StateStore store;

    @BeforeEach
    void start(@TempDir Path home) throws IOException {
        backend = new RunningBackend(states, home);
        store = states.open(backend.state());
        FailedJobs.add(
                store,
                new Lot(
                        "order",
                        3_000,
                        "mail",
                        "mail.send",
                        "card",
                        Instant.now().minusSeconds(3_600)));
    }

    @AfterEach
    void stop() {
        store.close();
        backend.close();
    }

    @Test
    void twoStartsWithOneKeyAreOneAndTheEndIsTold() {
        String token = backend.token(Role.ONCALL);
        var preview = json(backend.send("POST", "/api/v1/repairs", token, ALL));
        String id = preview.get("id").asText();
        eventually(
                "counted",
                () ->
                        json(backend.get("/api/v1/repairs/" + id, token))
                                .get("state")
                                .asText()
                                .equals("COUNTED"));

        String path = "/api/v1/repairs/" + id + "/start";
        try (var stream = backend.stream(token, null)) {
            var first = backend.send("POST", path, token, START, "one-key-of-mine");
            var second = backend.send("POST", path, token, START, "one-key-of-mine");
            var other = backend.send("POST", path, token, START);
            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(second.body()).isEqualTo(first.body());
            assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
            assertThat(other.statusCode()).isEqualTo(409);
        }
        eventually(
                "done",
                () ->
                        json(backend.get("/api/v1/repairs/" + id, token))
                                .get("state")
                                .asText()
                                .equals("DONE"));

        assertThat(
                        count(
                                "SELECT count(*) FROM audit WHERE subject = '"
                                        + id
                                        + "' AND reason LIKE"
                                        + " 'preview: discard % (queue mail, text order)'"))
                .isEqualTo(1);
        assertThat(count("SELECT count(*) FROM job WHERE state = 'DISCARDED'")).isEqualTo(3_000);
        assertThat(count("SELECT count(*) FROM job")).isEqualTo(3_000);
        assertThat(count("SELECT count(*) FROM job_line WHERE message LIKE 'Discarded%'"))
                .isEqualTo(3_000);
        assertThat(
                        count(
                                "SELECT count(*) FROM audit WHERE action LIKE '%/start'"
                                        + " AND status = 200 AND reason LIKE '%3000 jobs%'"))
                .isEqualTo(1);
        assertThat(
                        count(
                                "SELECT count(*) FROM event WHERE kind = 'repair'"
                                        + " AND json LIKE '%\"state\":\"DONE\"%'"))
                .isEqualTo(1);
    }

    @Test
    void whatIsWrongIsSaidByItsField() {
        String token = backend.token(Role.OPERATOR);
        var bad =
                backend.send(
                        "POST",
                        "/api/v1/repairs",
                        token,
                        """
                        {"act": "RETRY", "filter": {"from": "yesterday"}}""");
        assertThat(bad.statusCode()).isEqualTo(400);
        var list = backend.get("/api/v1/jobs?state=dead&from=yesterday", token);
        assertThat(list.statusCode()).isEqualTo(400);
        assertThat(list.body()).contains("\"from\"");
        assertThat(backend.get("/api/v1/jobs?state=dead&after=17", token).statusCode())
                .isEqualTo(400);
        assertThat(count("SELECT count(*) FROM repair")).isZero();
    }

    private long count(String sql) {
        return store.read(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }
}
