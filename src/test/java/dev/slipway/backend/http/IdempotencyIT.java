package dev.slipway.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.backend.http.AuditTrail.Act;
import dev.slipway.backend.http.Commands.Begun;
import dev.slipway.backend.http.Commands.Key;
import dev.slipway.testing.RunningBackend;
import dev.slipway.testing.States;
import dev.slipway.testing.TestClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// A write is done once per key, whatever the network does.
@ParameterizedClass
@EnumSource(States.class)
class IdempotencyIT {
    private final States states;

    private static final String USERS = "/api/v1/users";
    private static final Key KEY = new Key("ann", "k");

    @TempDir Path home;

    IdempotencyIT(States states) {
        this.states = states;
    }

    @Test
    void theSameRequestIsAnsweredTheSameAndDoneOnce() throws IOException {
        try (var backend = new RunningBackend(states, home)) {
            String admin = backend.token(Role.ADMIN);
            String body = RunningBackend.newUser("once", Role.VIEWER);
            var first = backend.send("POST", USERS, admin, body, "key-1");
            var second = backend.send("POST", USERS, admin, body, "key-1");
            assertThat(first.statusCode()).isEqualTo(201);
            assertThat(second.statusCode()).isEqualTo(201);
            assertThat(second.body()).isEqualTo(first.body());
            assertThat(second.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
        }
    }

    @Test
    void anotherRequestWithTheSameKeyIsRefused() throws IOException {
        try (var backend = new RunningBackend(states, home)) {
            String admin = backend.token(Role.ADMIN);
            backend.send("POST", USERS, admin, RunningBackend.newUser("a", Role.VIEWER), "k");
            var other =
                    backend.send(
                            "POST", USERS, admin, RunningBackend.newUser("b", Role.VIEWER), "k");
            assertThat(other.statusCode()).isEqualTo(422);
            assertThat(backend.get(USERS, admin).body()).doesNotContain("\"b\"");
        }
    }

    @Test
    void anotherUsersKeyIsAnotherKey() throws IOException {
        try (var backend = new RunningBackend(states, home)) {
            String admin = backend.token(Role.ADMIN);
            backend.send("POST", USERS, admin, RunningBackend.newUser("a", Role.VIEWER), "k");
            assertThat(backend.get("/api/v1/commands/k", admin).statusCode()).isEqualTo(200);
            assertThat(backend.get("/api/v1/commands/k", backend.token(Role.VIEWER)).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void whatBecameOfAWriteCanBeLookedUpAfterARestart() throws IOException {
        try (var backend = new RunningBackend(states, home)) {
            String admin = backend.token(Role.ADMIN);
            String body = RunningBackend.newUser("later", Role.VIEWER);
            var first = backend.send("POST", USERS, admin, body, "done/1");
            backend.send("POST", USERS, admin, body, "refused/1");
            backend.restart();
            var done = RunningBackend.json(backend.get("/api/v1/commands/done%2F1", admin));
            assertThat(done.get("state").asText()).isEqualTo("DONE");
            assertThat(done.get("status").asInt()).isEqualTo(201);
            var refused = RunningBackend.json(backend.get("/api/v1/commands/refused%2F1", admin));
            assertThat(refused.get("state").asText()).isEqualTo("REFUSED");
            assertThat(backend.get("/api/v1/commands/never", admin).statusCode()).isEqualTo(404);
            assertThat(backend.send("POST", USERS, admin, body, "done/1").body())
                    .isEqualTo(first.body());
        }
    }

    @Test
    void oneOfManyAtOnceIsDone() throws Exception {
        try (var backend = new RunningBackend(states, home)) {
            String admin = backend.token(Role.ADMIN);
            String body = RunningBackend.newUser("race", Role.VIEWER);
            String key = UUID.randomUUID().toString();
            List<Integer> answers = java.util.Collections.synchronizedList(new ArrayList<>());
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                threads.add(
                        Thread.ofVirtual()
                                .start(
                                        () ->
                                                answers.add(
                                                        backend.send(
                                                                        "POST", USERS, admin, body,
                                                                        key)
                                                                .statusCode())));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            // a second doing would be refused with 409 as well, but as a conflict of names
            assertThat(answers).hasSize(8).contains(201).containsOnly(201, 409);
            var command = RunningBackend.json(backend.get("/api/v1/commands/" + key, admin));
            assertThat(command.get("status").asInt()).isEqualTo(201);
            long audited =
                    RunningBackend.json(backend.get("/api/v1/audit", admin))
                            .get("items")
                            .findValuesAsText("subject")
                            .stream()
                            .filter("race"::equals)
                            .count();
            assertThat(audited).isEqualTo(1);
        }
    }

    @Test
    void whatWasRunningWhenTheServerDiedDidNotHappen() {
        var clock = new TestClock(Instant.parse("2026-11-22T10:00:00Z"));
        List<Act> audited = new ArrayList<>();
        try (var store = states.open(home.resolve("state"))) {
            var dying = new Commands(store, (_, act) -> audited.add(act), clock);
            assertThat(dying.begin(KEY, "POST /x", "f")).isInstanceOf(Begun.Fresh.class);
            assertThat(dying.begin(KEY, "POST /x", "f")).isInstanceOf(Begun.Running.class);
            var next = new Commands(store, (_, act) -> audited.add(act), clock);
            next.recover(Set.of("POST /y"));
            assertThat(next.find("ann", "k")).isEmpty();
            assertThat(next.begin(KEY, "POST /x", "f")).isInstanceOf(Begun.Fresh.class);
            assertThat(audited)
                    .extracting(Act::user, Act::action, Act::status)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("ann", "POST /x", 0));
        }
    }

    @Test
    void ofAnActOutsideThatWasRunningWhenTheServerDiedItIsNotKnown() {
        var clock = new TestClock(Instant.parse("2026-11-22T10:00:00Z"));
        try (var store = states.open(home.resolve("state"))) {
            var commands = new Commands(store, (_, _) -> {}, clock);
            commands.begin(KEY, "POST /x", "f");
            commands.recover(Set.of("POST /x"));
            assertThat(commands.begin(KEY, "POST /x", "f")).isInstanceOf(Begun.Lost.class);
            assertThat(commands.find("ann", "k").orElseThrow().state().name()).isEqualTo("UNKNOWN");
        }
    }

    @Test
    void aKeyIsForgottenAfterADay() {
        var clock = new TestClock(Instant.parse("2026-11-22T10:00:00Z"));
        try (var store = states.open(home.resolve("state"))) {
            var commands = new Commands(store, (_, _) -> {}, clock);
            byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
            commands.begin(KEY, "POST /x", "f");
            var act = new Act("ann", "POST /x", "", "", 200);
            var reply = new Reply(200, Reply.JSON, body, Map.of());
            store.writing(handle -> commands.finish(handle, KEY, act, reply, true));
            clock.forward(Duration.ofHours(24));
            store.writing(commands::prune);
            assertThat(commands.begin(KEY, "POST /x", "f")).isInstanceOf(Begun.Answered.class);
            clock.forward(Duration.ofMillis(1));
            store.writing(commands::prune);
            assertThat(commands.find("ann", "k")).isEmpty();
        }
    }
}
