package dev.slipway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.access.Role;
import dev.slipway.backend.BackendWiring;
import dev.slipway.backend.http.HttpServer;
import dev.slipway.backend.http.Route;
import dev.slipway.config.Configuration;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A backend on a free port with a state folder of its own, in this process, asked over HTTP.
public final class RunningBackend implements AutoCloseable {
    /// The password of every user that is made here.
    private static final int MUCH = 1 << 18;

    public static final String PASSWORD = "correct horse battery";

    private static final String OPENAPI = "/api/v1/openapi.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final States states;
    private final Path home;
    private final InstantSource clock;
    private final String configuration;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Role, String> tokens = new EnumMap<>(Role.class);
    private @Nullable Contract contract;
    private BackendWiring wiring;
    private HttpServer server;

    public RunningBackend(Path home, InstantSource clock, String configuration) throws IOException {
        this(States.SQLITE, home, clock, configuration);
    }

    public RunningBackend(States states, Path home) throws IOException {
        this(states, home, InstantSource.system(), "backend: {port: 0, heartbeat: 1}\n");
    }

    public RunningBackend(States states, Path home, InstantSource clock, String configuration)
            throws IOException {
        this.states = states;
        this.home = home;
        this.clock = clock;
        this.configuration = configuration;
        wiring = wire();
        server = wiring.serve();
    }

    public RunningBackend(Path home) throws IOException {
        this(States.SQLITE, home);
    }

    /// Stops it and starts another one on the same state.
    public void restart() throws IOException {
        close();
        wiring = wire();
        server = wiring.serve();
    }

    public List<Route> routes() {
        return wiring.routes();
    }

    public int port() {
        return server.port();
    }

    public Path state() {
        return home.resolve("state");
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    /// The token of a user of this role, who is made when first asked for.
    public String token(Role role) {
        return tokens.computeIfAbsent(role, this::logInAs);
    }

    /// A new session of a user of this role.
    public String logInAs(Role role) {
        if (role == Role.ADMIN) {
            String known = tokens.get(role);
            return known == null ? firstAdmin() : logIn("root2", PASSWORD);
        }
        String name = "a-" + role.name().toLowerCase(java.util.Locale.ROOT);
        send("POST", "/api/v1/users", token(Role.ADMIN), newUser(name, role));
        return logIn(name, PASSWORD);
    }

    private String firstAdmin() {
        String secret = adminSecret();
        String token = logIn("admin", secret);
        send("PUT", "/api/v1/session/password", token, newPassword(secret, PASSWORD));
        send("POST", "/api/v1/users", token, newUser("root2", Role.ADMIN));
        return token;
    }

    /// The password that the first start left for the administrator.
    public String adminSecret() {
        try {
            return Files.readString(state().resolve("admin-secret")).strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public static String newPassword(String current, String wanted) {
        return "{\"current\":\"%s\",\"wanted\":\"%s\"}".formatted(current, wanted);
    }

    public String logIn(String user, String password) {
        var answer =
                send(
                        "POST",
                        "/api/v1/session",
                        null,
                        "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}");
        if (answer.statusCode() != 200) {
            throw new AssertionError("can't log in: " + answer.body());
        }
        return json(answer).get("token").asText();
    }

    public static String newUser(String name, Role role) {
        return "{\"name\":\"%s\",\"role\":\"%s\",\"password\":\"%s\"}"
                .formatted(name, role, PASSWORD);
    }

    public HttpResponse<String> get(String path, @Nullable String token) {
        return send("GET", path, token, null);
    }

    /// Sends a request as a well-behaved client does: a write has a key of its own.
    public HttpResponse<String> send(
            String method, String path, @Nullable String token, @Nullable String body) {
        return send(method, path, token, body, UUID.randomUUID().toString());
    }

    public HttpResponse<String> send(
            String method,
            String path,
            @Nullable String token,
            @Nullable String body,
            @Nullable String key) {
        var request =
                HttpRequest.newBuilder(uri(path))
                        .timeout(Duration.ofSeconds(20))
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
            // whoever refuses a body closes the line, and with it goes an answer that was not read
            request.expectContinue(body.length() > MUCH);
        }
        if (key != null && !method.equals("GET")) {
            request.header("Idempotency-Key", key);
        }
        return send(request.build());
    }

    /// Every answer that any test gets is held against the OpenAPI document.
    public HttpResponse<String> send(HttpRequest request) {
        HttpResponse<String> answer = exchange(request);
        String type = answer.headers().firstValue("Content-Type").orElse("");
        String path = request.uri().getRawPath();
        if (!path.equals(OPENAPI)) {
            var wrong =
                    contract()
                            .wrong(
                                    request.method(),
                                    path,
                                    answer.statusCode(),
                                    type,
                                    type.endsWith("json") ? json(answer) : JSON.nullNode());
            if (!wrong.isEmpty()) {
                throw new AssertionError(
                        request.method() + " " + path + " is not answered as described: " + wrong);
            }
        }
        return answer;
    }

    private synchronized Contract contract() {
        Contract known = contract;
        if (known == null) {
            known = new Contract(json(exchange(HttpRequest.newBuilder(uri(OPENAPI)).build())));
            contract = known;
        }
        return known;
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + answer.body(), e);
        }
    }

    /// Opens the live stream.
    public EventStream stream(String token, @Nullable String lastEventId) {
        return new EventStream(client, uri("/api/v1/stream"), token, lastEventId);
    }

    @Override
    public void close() {
        wiring.endStreams();
        server.close();
        wiring.close();
    }

    private BackendWiring wire() throws IOException {
        Path file = home.resolve("slipway.yaml");
        Files.writeString(file, states.configured(state(), configuration));
        return new BackendWiring(Configuration.read(file, Map.of()), home, clock);
    }
}
