package dev.slipway.backend.http;

import dev.slipway.testing.RunningBackend;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// Makes requests that no server should take, each in one of the ways that requests go wrong.
final class MalformedRequests {
    private static final List<String> WRONG_VALUES =
            List.of(
                    "null",
                    "true",
                    "-1",
                    "1e400",
                    "[]",
                    "{}",
                    "[[1]]",
                    "\"\\ud800\"",
                    "{\"$ref\":\"x\"}",
                    "99999999999999999999999999",
                    "0x10",
                    "NaN",
                    "'x'",
                    "\"2026-13-45\"");

    private final Random random;
    private final List<Route> routes;
    private final List<Route> writes;
    private final String token;

    MalformedRequests(long seed, List<Route> routes, String token) {
        this.random = new Random(seed);
        this.routes = routes;
        this.writes = routes.stream().filter(r -> r.body() != null).toList();
        this.token = token;
    }

    record Malformed(String kind, byte[] bytes) {}

    Malformed next() {
        return switch (random.nextInt(14)) {
            case 0, 1 -> as("bad JSON", write(badJson(), "application/json", token));
            case 2, 3 -> as("wrong types", write(wrongTypes(), "application/json", token));
            case 4 -> as("odd encoding", oddEncoding());
            case 5 -> as("media type", write(utf8("{}"), "text/" + word(), token));
            case 6 -> as("foreign token", foreignToken());
            case 7 -> as("unknown path", get("/api/v1/" + word() + "/" + word(), token));
            case 8 -> as("bad path escape", get("/api/v1/commands/" + badEscape(), token));
            case 9 -> as("bad query", get("/api/v1/audit?" + badQuery(), token));
            case 10 -> as("wrong method", wrongMethod());
            case 11 -> as("bad key", badKey());
            case 12 -> random.nextInt(4) == 0 ? as("huge", huge()) : as("headers", headers());
            default -> garbage();
        };
    }

    private Malformed as(String kind, byte[] bytes) {
        return new Malformed(kind, bytes);
    }

    private byte[] badJson() {
        String good = RunningBackend.newUser("x" + word(), dev.slipway.api.access.Role.VIEWER);
        return switch (random.nextInt(6)) {
            case 0 -> utf8(good.substring(0, 1 + random.nextInt(good.length() - 1)));
            case 1 -> utf8(good + "}".repeat(1 + random.nextInt(9)));
            case 2 -> utf8("[".repeat(1 + random.nextInt(5_000)));
            case 3 -> utf8(good.replace(':', '='));
            case 4 -> utf8("{\"a\":".repeat(1 + random.nextInt(3_000)));
            default -> {
                byte[] bytes = new byte[1 + random.nextInt(300)];
                random.nextBytes(bytes);
                // not a brace, so that chance can't make it JSON
                bytes[0] = (byte) (0x80 | bytes[0]);
                yield bytes;
            }
        };
    }

    private byte[] wrongTypes() {
        String value = WRONG_VALUES.get(random.nextInt(WRONG_VALUES.size()));
        return utf8(
                switch (random.nextInt(3)) {
                    case 0 -> value.startsWith("{") ? "[" + value + "]" : value;
                    case 1 -> "{\"" + word() + "\":" + value + "}";
                    default ->
                            "{\"name\":"
                                    + value
                                    + ",\"role\":"
                                    + value
                                    + ",\"plan\":"
                                    + value
                                    + "}";
                });
    }

    private byte[] oddEncoding() {
        String good = "{\"name\":\"ü" + word() + "\",\"role\":\"VIEWER\",\"password\":\"ü\"}";
        Charset charset =
                List.of(
                                StandardCharsets.UTF_16,
                                StandardCharsets.UTF_16LE,
                                StandardCharsets.ISO_8859_1,
                                Charset.forName("UTF-32"),
                                Charset.forName("IBM500"))
                        .get(random.nextInt(5));
        return write(good.getBytes(charset), "application/json", token);
    }

    private byte[] foreignToken() {
        Route route;
        do {
            route = routes.get(random.nextInt(routes.size()));
        } while (route.open());
        String foreign =
                switch (random.nextInt(4)) {
                    case 0 -> "";
                    case 1 -> "A".repeat(random.nextInt(600));
                    case 2 -> token.substring(1);
                    default -> "\u00e9".repeat(1 + random.nextInt(40));
                };
        String path = route.path().replaceAll("\\{[^}]*}", word());
        return request(
                route.method(), path, foreign, "Idempotency-Key: " + word() + "\r\n", utf8(""));
    }

    private String badEscape() {
        return List.of("%", "%4", "%zz", "%c3%28", "%ff", "%00", "a%", "%u0041", "%ed%a0%80")
                .get(random.nextInt(9));
    }

    private String badQuery() {
        return switch (random.nextInt(5)) {
            case 0 -> "limit=" + word();
            case 1 -> "limit=" + (501L + random.nextInt(1_000_000));
            case 2 -> "limit=1&limit=2";
            case 3 -> "after=" + badEscape();
            default -> badEscape() + "=1";
        };
    }

    private byte[] wrongMethod() {
        String method =
                List.of("PATCH", "DELETE", "PUT", "TRACE", "OPTIONS", "FOO").get(random.nextInt(6));
        return request(method, "/api/v1/users", token, "", utf8(""));
    }

    private byte[] badKey() {
        String key =
                List.of(
                                "",
                                "Idempotency-Key: \r\n",
                                "Idempotency-Key: "
                                        + "k".repeat(129 + random.nextInt(500))
                                        + "\r\n",
                                "Idempotency-Key: a\r\nIdempotency-Key: b\r\n",
                                "Idempotency-Key: a b\r\n",
                                "Idempotency-Key: \u00e9\r\n")
                        .get(random.nextInt(6));
        String body = RunningBackend.newUser("x" + word(), dev.slipway.api.access.Role.VIEWER);
        return request(
                "POST",
                "/api/v1/users",
                token,
                key + "Content-Type: application/json\r\n",
                utf8(body));
    }

    /// Bodies that are too long, as they say or as they turn out to be.
    private byte[] huge() {
        byte[] long1 = utf8("{\"name\":\"" + "a".repeat((1 << 20) + random.nextInt(9_999)) + "\"}");
        if (random.nextBoolean()) {
            return write(long1, "application/json", token);
        }
        var out = new ByteArrayOutputStream();
        out.writeBytes(
                utf8(
                        "POST /api/v1/users HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                + "Authorization: Bearer "
                                + token
                                + "\r\nIdempotency-Key: "
                                + word()
                                + "\r\nContent-Type: application/json\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n"));
        out.writeBytes(utf8(Integer.toHexString(long1.length) + "\r\n"));
        out.writeBytes(long1);
        out.writeBytes(utf8("\r\n0\r\n\r\n"));
        return out.toByteArray();
    }

    private byte[] headers() {
        String bad =
                switch (random.nextInt(7)) {
                    case 0 -> "X: " + "a".repeat(20_000 + random.nextInt(60_000)) + "\r\n";
                    case 1 -> "no colon here\r\n";
                    case 2 -> "Content-Length: -5\r\n";
                    case 3 -> "Content-Length: 5x\r\n";
                    case 4 -> "Transfer-Encoding: chunked\r\n\r\nzz\r\n";
                    case 5 -> "X\u0000: 1\r\n";
                    default -> ("X-" + word() + ": 1\r\n").repeat(3_000);
                };
        return utf8(
                "POST /api/v1/users HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nIdempotency-Key: "
                        + word()
                        + "\r\nAuthorization: Bearer "
                        + token
                        + "\r\n"
                        + bad
                        + "\r\n");
    }

    private Malformed garbage() {
        byte[] bytes = new byte[1 + random.nextInt(3_000)];
        random.nextBytes(bytes);
        return new Malformed("raw bytes", bytes);
    }

    /// A write to any route that takes a body.
    private byte[] write(byte[] body, String type, String bearer) {
        Route route = writes.get(random.nextInt(writes.size()));
        return request(
                route.method(),
                route.path().replaceAll("\\{[^}]*}", "none"),
                bearer,
                "Idempotency-Key: "
                        + word()
                        + "-"
                        + random.nextLong()
                        + "\r\nContent-Type: "
                        + type
                        + "\r\n",
                body);
    }

    private byte[] get(String path, String bearer) {
        return request("GET", path, bearer, "", utf8(""));
    }

    private static byte[] request(
            String method, String path, String bearer, String headers, byte[] body) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(
                utf8(
                        method
                                + " "
                                + path
                                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                + (bearer.isEmpty()
                                        ? ""
                                        : "Authorization: Bearer " + bearer + "\r\n")
                                + headers
                                + "Content-Length: "
                                + body.length
                                + "\r\n\r\n"));
        out.writeBytes(body);
        return out.toByteArray();
    }

    private String word() {
        return Long.toString(1 + random.nextLong(Long.MAX_VALUE - 1), 36);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
