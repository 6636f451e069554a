package dev.slipway.shop.http;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// An answer as it goes over the wire.
///
/// @param headers besides the content's type and length
public record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {
    static final String JSON = "application/json";
    static final String PROBLEM = "application/problem+json";

    public static Reply ok(Object body) {
        return of(200, body);
    }

    public static Reply of(int status, Object body) {
        return new Reply(status, JSON, Json.bytes(body), Map.of());
    }

    public Reply with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Reply(status, contentType, body, Map.copyOf(more));
    }

    /// An answer that was turned into JSON before.
    public static Reply encoded(byte[] json) {
        return new Reply(200, JSON, json, Map.of());
    }

    public static Reply problem(Problem problem) {
        return problem(
                problem.status(), problem.kind(), problem.detail(), UUID.randomUUID().toString());
    }

    static Reply problem(int status, String kind, String detail, String id) {
        return new Reply(
                status,
                PROBLEM,
                Json.bytes(
                        Map.of(
                                "type",
                                "urn:slipway:problem:" + kind,
                                "title",
                                title(status),
                                "status",
                                status,
                                "detail",
                                detail,
                                "id",
                                id)),
                Map.of());
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "The request can't be understood";
            case 401 -> "A valid token is needed";
            case 404 -> "Not found";
            case 405 -> "Not a method of this path";
            case 409 -> "The key belongs to another request";
            case 413 -> "The body is too large";
            case 415 -> "Not a media type that is taken";
            case 422 -> "Not possible";
            case 502 -> "The pool gave no answer";
            case 503 -> "Not able to right now";
            default -> status < 500 ? "The request was refused" : "A fault of the server";
        };
    }
}
