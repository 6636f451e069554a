package dev.slipway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/// Asks a backend that is killed again and again, until it answers. A write goes on with its own
/// key, and it must never be unknown what became of it.
public final class StubbornClient {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI backend;
    private final String token;

    public StubbornClient(URI backend, String token) {
        this.backend = backend;
        this.token = token;
    }

    /// @param sent how often it was sent until an answer came
    public record Answer(int status, JsonNode body, int sent) {}

    public JsonNode get(String path) {
        return send("GET", path, null, "").body();
    }

    public Answer write(String method, String path, @Nullable String body) {
        return send(method, path, body, UUID.randomUUID().toString());
    }

    private Answer send(String method, String path, @Nullable String body, String key) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int sent = 1; System.nanoTime() < deadline; sent++) {
            try {
                if (sent > 1 && !key.isEmpty()) {
                    checkKnown(key);
                }
                HttpResponse<byte[]> answer = once(method, path, body, key);
                return new Answer(answer.statusCode(), JSON.readTree(answer.body()), sent);
            } catch (IOException e) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
        throw new AssertionError("no answer in " + PATIENCE + ": " + method + " " + path);
    }

    private void checkKnown(String key) throws IOException {
        HttpResponse<byte[]> command = once("GET", "/api/v1/commands/" + key, null, "");
        String state = JSON.readTree(command.body()).path("state").asText();
        if (command.statusCode() != 404 && !state.equals("DONE") && !state.equals("REFUSED")) {
            throw new AssertionError("the command " + key + " is " + state);
        }
    }

    private HttpResponse<byte[]> once(String method, String path, @Nullable String body, String key)
            throws IOException {
        var request =
                HttpRequest.newBuilder(backend.resolve(path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", "Bearer " + token)
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
