package dev.slipway.testing;

import com.fasterxml.jackson.core.JsonProcessingException;

import dev.slipway.client.Json;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A backend that answers what a test told it, and remembers what it was asked.
public final class ScriptedBackend implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final Map<String, MockResponse> answers = new ConcurrentHashMap<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();

    public ScriptedBackend() throws IOException {
        server.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        String asked = request.getMethod() + " " + request.getUrl().encodedPath();
                        if (!"GET".equals(request.getMethod())) {
                            var body = request.getBody();
                            commands.add(asked + " " + (body == null ? "" : body.utf8()));
                        }
                        return answers.getOrDefault(
                                asked, new MockResponse.Builder().code(404).build());
                    }
                });
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /// @param asked method and path, for example `POST /api/v1/launch/rollback`
    public void answer(String asked, int status, Object body) {
        try {
            answers.put(
                    asked,
                    new MockResponse.Builder()
                            .code(status)
                            .addHeader(
                                    "Content-Type",
                                    status < 400 ? "application/json" : "application/problem+json")
                            .body(Json.mapper().writeValueAsString(body))
                            .build());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /// What was asked for with another method than GET: method, path, body.
    public List<String> commands() {
        return commands;
    }

    @Override
    public void close() {
        server.close();
    }
}
