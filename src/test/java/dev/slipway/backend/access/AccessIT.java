package dev.slipway.backend.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.backend.store.StateStore;
import dev.slipway.testing.RunningBackend;
import dev.slipway.testing.TestClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

class AccessIT {
    @TempDir Path home;

    @Test
    void theFirstStartLeavesASecretForItsOwnerThatGoesWithTheFirstLogIn() throws IOException {
        try (var backend = new RunningBackend(home)) {
            Path secret = backend.state().resolve("admin-secret");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(backend.state())))
                    .isEqualTo("rwx------");
            String password = Files.readString(secret).strip();
            assertThat(backend.logIn("admin", password)).isNotEmpty();
            assertThat(secret).doesNotExist();
            backend.restart();
            assertThat(secret).doesNotExist();
            assertThat(backend.logIn("admin", password)).isNotEmpty();
        }
    }

    @Test
    void neitherTokenNorPasswordStandsInTheState() throws IOException {
        String token;
        try (var backend = new RunningBackend(home)) {
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
        try (var backend = new RunningBackend(home, clock, "backend: {port: 0}\n")) {
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
        try (var backend = new RunningBackend(home)) {
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
        try (var store = StateStore.open(home.resolve("state"))) {
            var access =
                    new AccessService(
                            store, new Sessions(store, clock), clock, home.resolve("state"));
            access.firstStart();
            access.open("sandbox", Role.ADMIN);
        }
        try (var backend = new RunningBackend(home)) {
            for (String password : new String[] {"", "sandbox", "a password that no one has"}) {
                String body = "{\"user\":\"sandbox\",\"password\":\"" + password + "\"}";
                assertThat(backend.send("POST", "/api/v1/session", null, body).statusCode())
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void aDisabledUsersTokenIsWorthNothing() throws IOException {
        try (var backend = new RunningBackend(home);
                var store = StateStore.open(backend.state())) {
            String token = backend.token(Role.VIEWER);
            store.writing(
                    h -> h.execute("UPDATE account SET disabled = 1 WHERE name = 'a-viewer'"));
            assertThat(backend.get("/api/v1/session", token).statusCode()).isEqualTo(401);
        }
    }
}
