package dev.slipway.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.testing.RunningBackend;
import dev.slipway.testing.States;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/// What the server answers to requests that are not as they should be.
@ParameterizedClass
@EnumSource(States.class)
class HttpServerIT {
    private final States states;

    private static final String USERS = "/api/v1/users";

    @TempDir static Path home;

    @SuppressWarnings("NullAway.Init") // set before each invocation of the class
    private static RunningBackend backend;

    @BeforeParameterizedClassInvocation
    static void start(States states) throws IOException {
        backend = new RunningBackend(states, Files.createDirectory(home.resolve(states.name())));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        backend.close();
    }

    HttpServerIT(States states) {
        this.states = states;
    }

    @Test
    void anUnknownPathIsNotFound() {
        assertProblem(backend.get("/api/v1/nothing", null), 404, "not-found");
        assertProblem(backend.get("/", null), 404, "not-found");
    }

    @Test
    void aWrongMethodIsToldWhichThereAre() {
        var answer = backend.send("DELETE", USERS, null, null);
        assertProblem(answer, 405, "wrong-method");
        assertThat(answer.headers().firstValue("Allow")).contains("GET, POST");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"x\",\"role\":\"VIEWER\"}| /password",
                "{\"name\":null,\"role\":\"VIEWER\",\"password\":\"0123456789ab\"}| /name",
                "{\"name\":7,\"role\":\"VIEWER\",\"password\":\"0123456789ab\"}| /name",
                "{\"name\":true,\"role\":\"VIEWER\",\"password\":\"0123456789ab\"}| /name",
                "{\"name\":[\"x\"],\"role\":\"VIEWER\",\"password\":\"0123456789ab\"}| /name",
                "{\"name\":{},\"role\":\"VIEWER\",\"password\":\"0123456789ab\"}| /name",
                "{\"name\":\"x\",\"role\":\"BOSS\",\"password\":\"0123456789ab\"}| /role",
                "{\"name\":\"x\",\"role\":1,\"password\":\"0123456789ab\"}| /role",
                "{\"name\":\"x\",\"role\":\"VIEWER\",\"password\":\"0123456789ab\",\"a\":1}| /a",
                "{\"name\":\"X x\",\"role\":\"VIEWER\",\"password\":\"0123456789ab\"}| /name",
                "{\"name\":\"x\",\"role\":\"VIEWER\",\"password\":\"short\"}| /password",
                "{\"name\":\"x\",\"name\":\"x\",\"role\":\"VIEWER\",\"password\":\"0123456789ab\"}|''",
                "{\"name\":\"x\",\"role\":\"VIEWER\",\"password\":\"0123456789ab\"} {}| ''",
                "[]| ''",
                "null| ''",
                "\"text\"| ''",
                "{\"name\":| ''",
            })
    void aWrongBodyIsRefusedAtItsField(String body, String field) {
        var answer = backend.send("POST", USERS, backend.token(Role.ADMIN), body);
        assertProblem(answer, 400, "bad-request");
        assertThat(RunningBackend.json(answer).at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(answer.body()).doesNotContain("dev.slipway", "java.", "jackson");
    }

    @Test
    void aDeepBodyIsRefused() {
        String deep = "[".repeat(500_000);
        assertProblem(
                backend.send("POST", USERS, backend.token(Role.ADMIN), deep), 400, "bad-request");
    }

    @Test
    void aLargeBodyIsRefused() {
        String large = "{\"name\":\"" + "a".repeat(Bodies.MAX_BYTES) + "\"}";
        var answer = backend.send("POST", USERS, backend.token(Role.ADMIN), large);
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain",
        "application/json; charset=utf-16",
        "application/x-www-form-urlencoded",
        "application/jsonx"
    })
    void anotherMediaTypeIsRefused(String type) {
        var answer =
                backend.send(
                        post(USERS)
                                .header("Content-Type", type)
                                .POST(
                                        BodyPublishers.ofString(
                                                RunningBackend.newUser("x", Role.VIEWER)))
                                .build());
        assertProblem(answer, 415, "media-type");
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        byte[] latin =
                "{\"name\":\"é\",\"role\":\"VIEWER\",\"password\":\"0123456789ab\"}"
                        .getBytes(StandardCharsets.ISO_8859_1);
        var answer =
                backend.send(
                        post(USERS)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofByteArray(latin))
                                .build());
        assertProblem(answer, 400, "bad-request");
    }

    @Test
    void aBodyWhereNoneIsTakenIsRefused() {
        var answer = backend.send("DELETE", "/api/v1/session", backend.token(Role.ADMIN), "{}");
        assertProblem(answer, 400, "bad-request");
        assertThat(backend.get("/api/v1/session", backend.token(Role.ADMIN)).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /api/v1/commands/%zz HTTP/1.1",
                "GET /api/v1/commands/%c3%28 HTTP/1.1",
                "GET /api/v1/commands/%00 HTTP/1.1",
                "GET /api/v1/users?limit=%f HTTP/1.1",
                "GET /api/v1/users?a=1&a=2 HTTP/1.1",
                "GET /api/v1/audit?limit=0 HTTP/1.1",
                "GET /api/v1/audit?limit=1e3 HTTP/1.1",
                "GET /api/v1/audit?limit=99999999999999999999 HTTP/1.1",
                "GET  HTTP/1.1",
                "GET / HTTP/1.1 HTTP/1.1",
            })
    void aBrokenRequestLineIsAProblem(String line) throws IOException {
        String answer =
                raw(
                        line
                                + "\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                                + backend.token(Role.ADMIN)
                                + "\r\n\r\n");
        assertThat(answer).matches("(?s)HTTP/1\\.1 (4\\d\\d|505) .*");
        assertThat(answer).contains("application/problem+json", "urn:slipway:problem:");
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense",
        "GET /api/v1/health HTTP/9.9",
        "GET /api/v1/health HTTP/1.0",
        "PRI * HTTP/2.0",
        "\u0016\u0003\u0001\u0002",
    })
    void whatIsNotHttpIsAnsweredAsAProblemAndHungUpOn(String line) throws IOException {
        String answer = raw(line + "\r\n\r\n");
        assertThat(answer).matches("(?s)HTTP/1\\.1 (400|505) .*");
        assertThat(answer).contains("application/problem+json", "urn:slipway:problem:protocol");
    }

    @Test
    void headersWithoutEndAreRefused() throws IOException {
        String answer =
                raw(
                        "GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\nX: "
                                + "a".repeat(100_000)
                                + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json");
    }

    @Test
    void aWriteWithoutKeyIsRefused() {
        String body = RunningBackend.newUser("nokey", Role.VIEWER);
        for (String key : new String[] {null, " ", "a".repeat(129), "a b"}) {
            var answer = backend.send("POST", USERS, backend.token(Role.ADMIN), body, key);
            assertProblem(answer, 400, "bad-request");
            assertThat(answer.body()).contains("Idempotency-Key");
        }
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String kind) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        var problem = RunningBackend.json(answer);
        assertThat(problem.get("type").asText()).isEqualTo("urn:slipway:problem:" + kind);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(UUID.fromString(problem.get("id").asText())).isNotNull();
    }

    private static HttpRequest.Builder post(String path) {
        return HttpRequest.newBuilder(backend.uri(path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + backend.token(Role.ADMIN))
                .header("Idempotency-Key", UUID.randomUUID().toString());
    }

    private static String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", backend.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            var answer = new StringBuilder();
            byte[] buffer = new byte[8192];
            try {
                for (int n = socket.getInputStream().read(buffer);
                        n >= 0;
                        n = socket.getInputStream().read(buffer)) {
                    answer.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                }
            } catch (java.net.SocketException e) {
                // a server that gives up on a request may reset; what it said before counts
            }
            return answer.toString();
        }
    }
}
