package dev.slipway.backend.http;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// An answer as it goes over the wire.
///
/// @param type its Content-Type; null if there is no body
record Reply(int status, @Nullable String type, byte[] body, Map<String, String> headers) {
    static final String JSON = "application/json";
    static final String PROBLEM = "application/problem+json";
}
