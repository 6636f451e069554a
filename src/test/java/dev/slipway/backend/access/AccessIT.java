package dev.slipway.backend.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.access.Role;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.http.Route;
import dev.slipway.testing.Effects;
import dev.slipway.testing.RunningBackend;
import dev.slipway.testing.States;
import dev.slipway.testing.TestClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

@ParameterizedClass
@EnumSource(States.class)
class AccessIT {
    private final States states;

    private static final String SESSION = "/api/v1/session";
    private static final String PASSWORD = SESSION + "/password";
    private static final String REASON = "{\"reason\":\"\"}";
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir Path home;

    AccessIT(States states) {
        this.states = states;
    }

    @Test
    void theFirstStartLeavesASecretForItsOwnerThatGoesWhenItIsChanged() throws IOException {
        try (var backend = new RunningBackend(states, home)) {
            Path secret = backend.state().resolve("admin-secret");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(backend.state())))
                    .isEqualTo("rwx------");
            backend.logIn("admin", backend.adminSecret());
            assertThat(secret).exists();
            String once = backend.adminSecret();
            backend.token(Role.ADMIN);
            assertThat(secret).doesNotExist();
            backend.restart();
            assertThat(secret).doesNotExist();
            assertThat(backend.send("POST", SESSION, null, credentials("admin", once)).statusCode())
                    .isEqualTo(401);
            assertThat(backend.logIn("admin", RunningBackend.PASSWORD)).isNotEmpty();
        }
    }

    @Test
    void theSecretOpensNothingButItsOwnChange() throws IOException {
        try (var backend = new RunningBackend(states, home)) {
            String secret = backend.adminSecret();
            var session = backend.send("POST", SESSION, null, credentials("admin", secret));
            assertThat(RunningBackend.json(session).get("passwordDue").asBoolean()).isTrue();
            String token = RunningBackend.json(session).get("token").asText();
            for (Route route : backend.routes()) {
                String path = route.path().replaceAll("\\{[^}]*}", "none");
                if (!route.open() && !route.path().startsWith(SESSION)) {
                    String body = route.body() == null ? null : "[]";
                    var answer = backend.send(route.method(), path, token, body);
                    assertThat(answer.statusCode()).as(route.action()).isEqualTo(403);
                    assertThat(answer.body()).contains("urn:slipway:problem:password-due");
                }
            }
            var change = RunningBackend.newPassword(secret, RunningBackend.PASSWORD);
            assertThat(backend.send("PUT", PASSWORD, token, change).statusCode()).isEqualTo(200);
            assertThat(backend.get("/api/v1/users", token).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aChangedPasswordEndsTheOtherSessionsAndTheOldPassword() throws IOException {
        try (var backend = new RunningBackend(states, home)) {
            String here = backend.logInAs(Role.VIEWER);
            String elsewhere = backend.logInAs(Role.VIEWER);
            for (String refused :
                    new String[] {
                        RunningBackend.newPassword("wrong", "another fine password"),
                        RunningBackend.newPassword(RunningBackend.PASSWORD, "short"),
                        RunningBackend.newPassword(RunningBackend.PASSWORD, RunningBackend.PASSWORD)
                    }) {
                assertThat(backend.send("PUT", PASSWORD, here, refused).statusCode())
                        .isEqualTo(400);
            }
            assertThat(backend.get(SESSION, elsewhere).statusCode()).isEqualTo(200);
            var change =
                    RunningBackend.newPassword(RunningBackend.PASSWORD, "another fine password");
            assertThat(backend.send("PUT", PASSWORD, here, change).statusCode()).isEqualTo(200);
            assertThat(backend.get(SESSION, here).statusCode()).isEqualTo(200);
            assertThat(backend.get(SESSION, elsewhere).statusCode()).isEqualTo(401);
            String old = credentials("a-viewer", RunningBackend.PASSWORD);
            assertThat(backend.send("POST", SESSION, null, old).statusCode()).isEqualTo(401);
            assertThat(backend.logIn("a-viewer", "another fine password")).isNotEmpty();
        }
    }

    @Test
    void guessesAtTheCurrentPasswordAreLimitedToo() throws IOException {
        try (var backend =
                new RunningBackend(states, home, new TestClock(NOON), "backend: {port: 0}\n")) {
            String token = backend.token(Role.VIEWER);
            String guess = RunningBackend.newPassword("a guess", "another fine password");
            for (int i = 0; i < 5; i++) {
                assertThat(backend.send("PUT", PASSWORD, token, guess).statusCode()).isEqualTo(400);
            }
            assertThat(backend.send("PUT", PASSWORD, token, guess).statusCode()).isEqualTo(429);
        }
    }

    @Test
    void aDisabledUserIsOutAtOnceAndEnabledIsLetInAgain() throws IOException {
        try (var backend = new RunningBackend(states, home)) {
            String admin = backend.token(Role.ADMIN);
            String viewer = backend.token(Role.VIEWER);
            String user = "/api/v1/users/a-viewer";
            var disabled = backend.send("POST", user + "/disable", admin, "{\"reason\":\"left\"}");
            assertThat(RunningBackend.json(disabled).get("disabled").asBoolean()).isTrue();
            assertThat(backend.get(SESSION, viewer).statusCode()).isEqualTo(401);
            String credentials = credentials("a-viewer", RunningBackend.PASSWORD);
            assertThat(backend.send("POST", SESSION, null, credentials).statusCode())
                    .isEqualTo(401);
            assertThat(backend.send("POST", user + "/enable", admin, REASON).statusCode())
                    .isEqualTo(200);
            // the old session does not come back to life
            assertThat(backend.get(SESSION, viewer).statusCode()).isEqualTo(401);
            assertThat(backend.logIn("a-viewer", RunningBackend.PASSWORD)).isNotEmpty();
            assertThat(backend.get("/api/v1/audit", admin).body())
                    .contains("/disable", "left", "/enable");
            assertThat(
                            backend.send("POST", "/api/v1/users/nobody/disable", admin, REASON)
                                    .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void neitherOneselfNorTheLastAdministratorCanBeDisabled() throws IOException {
        try (var backend = new RunningBackend(states, home);
                var store = states.open(backend.state())) {
            String admin = backend.token(Role.ADMIN);
            assertThat(
                            backend.send("POST", "/api/v1/users/admin/disable", admin, REASON)
                                    .statusCode())
                    .isEqualTo(409);
            // as if root2 had been disabled and this session's user had stopped being one meanwhile
            var users =
                    new AccessService(
                                    store,
                                    new Sessions(store, new TestClock(NOON)),
                                    new TestClock(NOON),
                                    backend.state())
                            .users();
            Effects.done(store, users.disable("root2", "admin"));
            assertThatThrownBy(() -> Effects.done(store, users.disable("admin", "root2")))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("last administrator");
            assertThat(backend.get(SESSION, admin).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void neitherTokenNorPasswordStandsInTheState() throws IOException {
        String token;
        try (var backend = new RunningBackend(states, home)) {
            token = backend.token(Role.VIEWER);
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                    assertThat(bytes)
                            .as(file.toString())
                            .doesNotContain(token)
                            .doesNotContain("correct horse battery");
                }
            }
        }
        assertThat(token).hasSize(43);
    }

    @Test
    void logInsAreLimitedPerUserAndAddress() throws IOException {
        var clock = new TestClock(Instant.parse("2026-11-22T10:00:10Z"));
        try (var backend = new RunningBackend(states, home, clock, "backend: {port: 0}\n")) {
            backend.token(Role.VIEWER);
            String wrong = "{\"user\":\"a-viewer\",\"password\":\"wrong\"}";
            for (int i = 0; i < 5; i++) {
                assertThat(backend.send("POST", "/api/v1/session", null, wrong).statusCode())
                        .isEqualTo(401);
            }
            var limited = backend.send("POST", "/api/v1/session", null, wrong);
            assertThat(limited.statusCode()).isEqualTo(429);
            assertThat(limited.headers().firstValue("Retry-After")).contains("50");
            clock.forward(Duration.ofSeconds(50));
            assertThat(backend.logInAs(Role.VIEWER)).isNotEmpty();
        }
    }

    @Test
    void anUnknownUserIsAnsweredAsAWrongPasswordIs() throws IOException {
        try (var backend = new RunningBackend(states, home)) {
            backend.token(Role.VIEWER);
            String unknown = "{\"user\":\"nobody\",\"password\":\"wrong\"}";
            String wrong = "{\"user\":\"a-viewer\",\"password\":\"wrong\"}";
            var first = backend.send("POST", "/api/v1/session", null, unknown);
            var second = backend.send("POST", "/api/v1/session", null, wrong);
            String id = "\"id\":\"[^\"]*\"";
            assertThat(first.statusCode()).isEqualTo(401);
            assertThat(first.body().replaceAll(id, "")).isEqualTo(second.body().replaceAll(id, ""));
        }
    }

    @Test
    void aUserWithoutPasswordCantLogIn() throws IOException {
        var clock = new TestClock(Instant.parse("2026-11-22T10:00:10Z"));
        try (var store = states.open(home.resolve("state"))) {
            var access =
                    new AccessService(
                            store, new Sessions(store, clock), clock, home.resolve("state"));
            access.firstStart();
            access.open("sandbox", Role.ADMIN);
        }
        try (var backend = new RunningBackend(states, home)) {
            for (String password : new String[] {"", "sandbox", "a password that no one has"}) {
                String body = "{\"user\":\"sandbox\",\"password\":\"" + password + "\"}";
                assertThat(backend.send("POST", "/api/v1/session", null, body).statusCode())
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void aDisabledUsersTokenIsWorthNothing() throws IOException {
        try (var backend = new RunningBackend(states, home);
                var store = states.open(backend.state())) {
            String token = backend.token(Role.VIEWER);
            store.writing(
                    h -> h.execute("UPDATE account SET disabled = 1 WHERE name = 'a-viewer'"));
            assertThat(backend.get("/api/v1/session", token).statusCode()).isEqualTo(401);
        }
    }

    private static String credentials(String user, String password) {
        return "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}";
    }
}
