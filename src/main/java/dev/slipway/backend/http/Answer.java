package dev.slipway.backend.http;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// An answer that is not plain JSON with 200.
///
/// @param body a value to be sent as JSON, a `byte[]` to be sent as it is, or null
/// @param headers among them `Content-Type` if the body is a `byte[]`
public record Answer(int status, @Nullable Object body, Map<String, String> headers) {
    public static Answer created(Object body) {
        return new Answer(201, body, Map.of());
    }

    public static Answer accepted(Object body) {
        return new Answer(202, body, Map.of());
    }

    public static Answer bytes(byte[] body, String contentType) {
        return new Answer(200, body, Map.of("Content-Type", contentType));
    }
}
