package dev.slipway.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.backend.http.Route;
import dev.slipway.testing.RunningBackend;
import dev.slipway.testing.States;
import dev.slipway.testing.TestClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// Walks every route with every role, with no token, and with tokens that don't count. Who may do
/// what stands in `role-matrix.csv`, written by hand: a route that is missing there fails.
@ParameterizedClass
@EnumSource(States.class)
class RoleMatrixIT {
    private final States states;

    @TempDir static Path home;

    @SuppressWarnings("NullAway.Init") // set before each invocation of the class
    private static RunningBackend backend;

    @SuppressWarnings("NullAway.Init")
    private static HttpClient client;

    @BeforeParameterizedClassInvocation
    static void start(States states) throws IOException {
        backend = new RunningBackend(states, Files.createDirectory(home.resolve(states.name())));
        client = HttpClient.newHttpClient();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        backend.close();
    }

    RoleMatrixIT(States states) {
        this.states = states;
    }

    @Test
    void theMatrixNamesEveryRouteOnceAndNoOther() throws IOException {
        List<String> served = backend.routes().stream().map(RoleMatrixIT::name).sorted().toList();
        assertThat(matrix().keySet().stream().sorted().toList()).isEqualTo(served);
    }

    @Test
    void everyRoleGetsWhatTheMatrixSays() throws Exception {
        Map<String, String> matrix = matrix();
        List<String> wrong = new ArrayList<>();
        for (Route route : backend.routes()) {
            String allowed = matrix.getOrDefault(name(route), "");
            for (Role role : Role.values()) {
                boolean endsSession = name(route).equals("DELETE /api/v1/session");
                String token = endsSession ? backend.logInAs(role) : backend.token(role);
                int status = call(route, token);
                boolean may = allowed.equals("open") || allowed.contains(role.name());
                if (may ? status == 401 || status == 403 : status != 403) {
                    wrong.add(name(route) + " as " + role + ": " + status);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void noTokenAndForeignTokensAreRefused() throws Exception {
        String loggedOut = backend.logInAs(Role.ADMIN);
        assertThat(backend.send("DELETE", "/api/v1/session", loggedOut, null).statusCode())
                .isEqualTo(204);
        Map<String, String> matrix = matrix();
        List<String> wrong = new ArrayList<>();
        for (Route route : backend.routes()) {
            boolean open = "open".equals(matrix.get(name(route)));
            for (String token :
                    List.of("", "x", "A".repeat(43), loggedOut, backend.token(Role.ADMIN) + "A")) {
                int status = call(route, token);
                if (open ? status == 401 || status == 403 : status != 401) {
                    wrong.add(name(route) + " with '" + token + "': " + status);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void anExpiredTokenIsRefused(@TempDir Path other) throws Exception {
        var clock = new TestClock(Instant.parse("2026-11-22T10:00:00Z"));
        try (var aging = new RunningBackend(states, other, clock, "backend: {port: 0}\n")) {
            String token = aging.token(Role.ADMIN);
            clock.forward(Duration.ofHours(12).minusMillis(1));
            assertThat(aging.get("/api/v1/session", token).statusCode()).isEqualTo(200);
            clock.forward(Duration.ofMillis(1));
            List<String> wrong = new ArrayList<>();
            for (Route route : aging.routes()) {
                String path = route.path().replaceAll("\\{[^}]*}", "none");
                if (!route.open()
                        && aging.send(route.method(), path, token, null).statusCode() != 401) {
                    wrong.add(name(route));
                }
            }
            assertThat(wrong).isEmpty();
        }
    }

    /// Asks with a path that names nothing and a body that fits nothing, so that what is allowed
    /// changes nothing either.
    private static int call(Route route, String token) throws Exception {
        String path = route.path().replaceAll("\\{[^}]*}", "none");
        var request =
                HttpRequest.newBuilder(backend.uri(path))
                        .timeout(Duration.ofSeconds(20))
                        .method(
                                route.method(),
                                route.body() == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString("[]"));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!route.method().equals("GET")) {
            request.header("Idempotency-Key", UUID.randomUUID().toString());
            request.header("Content-Type", "application/json");
        }
        HttpResponse<InputStream> answer =
                client.send(request.build(), BodyHandlers.ofInputStream());
        // the live stream has no end: its status is enough
        answer.body().close();
        return answer.statusCode();
    }

    private static String name(Route route) {
        return route.method() + " " + route.path();
    }

    private static Map<String, String> matrix() throws IOException {
        try (InputStream in = RoleMatrixIT.class.getResourceAsStream("/role-matrix.csv")) {
            assertThat(in).isNotNull();
            Map<String, String> rows = new HashMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(","))
                    .collect(Collectors.toMap(row -> row[0] + " " + row[1], row -> row[2]))
                    .forEach(rows::put);
            return rows;
        }
    }
}
