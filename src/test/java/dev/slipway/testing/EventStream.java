package dev.slipway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A client of the live stream that reads server-sent events as the specification has them.
public final class EventStream implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 20;
    private static final Event END = new Event("", "end", "");

    private final HttpResponse<InputStream> response;
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();

    /// @param id empty if the event has none
    public record Event(String id, String name, String data) {
        public JsonNode json() {
            try {
                return JSON.readTree(data);
            } catch (IOException e) {
                throw new AssertionError("not JSON: " + data, e);
            }
        }
    }

    public EventStream(HttpClient client, URI uri, String token, @Nullable String lastEventId) {
        var request =
                HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
                        .header("Authorization", "Bearer " + token);
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            response = client.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        Thread.ofVirtual().start(this::read);
    }

    public int status() {
        return response.statusCode();
    }

    /// The next event with this name; others are passed over.
    public Event next(String name) {
        return next(event -> event.name().equals(name));
    }

    /// The next event that fits; others are passed over.
    public Event next(Predicate<Event> fits) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            Event event = poll(deadline - System.nanoTime());
            if (event == null || event == END) {
                throw new AssertionError(event == null ? "no such event" : "the stream ended");
            }
            if (fits.test(event)) {
                return event;
            }
        }
    }

    /// All events up to and including the next heartbeat.
    public List<Event> untilHeartbeat() {
        List<Event> all = new ArrayList<>();
        next(
                event -> {
                    all.add(event);
                    return event.name().equals("heartbeat");
                });
        return all;
    }

    /// Whether the server ends the stream in time.
    public boolean ends() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Event event = poll(deadline - System.nanoTime());
        while (event != null && event != END) {
            event = poll(deadline - System.nanoTime());
        }
        return event == END;
    }

    private @Nullable Event poll(long nanos) {
        try {
            return events.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void read() {
        String id = "";
        String name = "";
        var data = new StringBuilder();
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    events.add(new Event(id, name, data.toString()));
                    id = "";
                    name = "";
                    data.setLength(0);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.append(line.substring(6));
                }
            }
        } catch (IOException e) {
            // an abrupt end is an end
        } finally {
            events.add(END);
        }
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            // it is closed either way
        }
    }
}
