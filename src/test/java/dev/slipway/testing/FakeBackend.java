package dev.slipway.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.Health;
import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.access.Role;
import dev.slipway.api.access.Session;
import dev.slipway.api.events.Change;
import dev.slipway.api.events.Kind;
import dev.slipway.api.events.Snapshot;
import dev.slipway.api.metrics.Interval;
import dev.slipway.client.http.Json;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

import okio.BufferedSink;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A backend of which a test says what it answers and what it streams.
public final class FakeBackend implements AutoCloseable {
    private static final String END = "end";
    private static final String KEY = "Idempotency-Key";

    /// Answers a request.
    public interface Answer {
        MockResponse to(RecordedRequest request);
    }

    private final ObjectMapper json = Json.mapper();
    private final MockWebServer server = new MockWebServer();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final BlockingDeque<String> frames = new LinkedBlockingDeque<>();
    private final AtomicInteger streams = new AtomicInteger();
    private volatile boolean heartbeats = true;

    public FakeBackend() throws IOException {
        server.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        requests.add(request);
                        Answer answer = answers.get(asked(request));
                        return answer == null
                                ? new MockResponse.Builder().code(404).build()
                                : answer.to(request);
                    }
                });
        server.start();
        epoch("e1");
        on("GET", Paths.SESSION, _ -> json(200, session(Role.ADMIN)));
        on("GET", Paths.INTERVALS, _ -> json(200, new Page<Interval>(List.of(), null, null)));
        on("GET", Paths.STREAM, _ -> stream());
        snapshot("e1:0", List.of());
    }

    public URI uri() {
        return server.url("/").uri();
    }

    public void on(String method, String path, Answer answer) {
        answers.put(method + " " + path, answer);
    }

    /// The same for an answer that is always the same.
    ///
    /// @param asked method and path, for example `POST /api/v1/launch/rollback`
    public void answer(String asked, int status, Object body) {
        String json = body instanceof String text ? text : text(body);
        answers.put(asked, _ -> status < 400 ? json(status, json) : problem(status, json));
    }

    /// Takes a command and cuts the line before the answer. Whoever looks the command up is told
    /// what became of it; whoever sends it again with its key gets the answer.
    ///
    /// @param became `DONE`, `UNKNOWN` and so on
    public void cut(String asked, String became, Object body) {
        Set<String> taken = ConcurrentHashMap.newKeySet();
        answers.put(
                asked,
                request -> {
                    String key = String.valueOf(request.getHeaders().get(KEY));
                    if (!taken.add(key)) {
                        return json(200, body);
                    }
                    answer("GET " + Paths.ROOT + "/commands/" + key, 200, new Became(became));
                    return new MockResponse.Builder()
                            .onResponseStart(new SocketEffect.CloseSocket())
                            .build();
                });
    }

    private record Became(String state) {}

    /// What was asked for with another method than GET: method, path, body.
    public List<String> commands() {
        return commanded().map(request -> asked(request) + " " + body(request)).toList();
    }

    /// The different commands among them, by their keys.
    public Set<String> keys() {
        return commanded()
                .map(request -> String.valueOf(request.getHeaders().get(KEY)))
                .collect(Collectors.toSet());
    }

    /// What is sent as a write and changes nothing that a person sees.
    private static final java.util.regex.Pattern ASKING =
            java.util.regex.Pattern.compile("/brokers/[^/]+/(look|moves/preview)$");

    private Stream<RecordedRequest> commanded() {
        return requests.stream()
                .filter(request -> !"GET".equals(request.getMethod()))
                .filter(request -> !ASKING.matcher(request.getUrl().encodedPath()).find());
    }

    private static String asked(RecordedRequest request) {
        return request.getMethod() + " " + request.getUrl().encodedPath();
    }

    private static String body(RecordedRequest request) {
        var body = request.getBody();
        return body == null ? "" : body.utf8();
    }

    /// The event log's epoch; a heartbeat is promised every second.
    public void epoch(String epoch) {
        Instant now = Instant.parse("2026-11-22T10:00:00Z");
        var health = new Health(true, "0.1.0", "fake", "#123456", false, epoch, 1, now, now);
        on("GET", Paths.HEALTH, _ -> json(200, health));
    }

    public void snapshot(String eventId, List<Change> changes) {
        var snapshot = new Snapshot(eventId, changes);
        on("GET", Paths.SNAPSHOT, _ -> json(200, snapshot));
    }

    public static Session session(Role role) {
        return new Session(null, "ada", role, Instant.parse("2030-01-01T00:00:00Z"));
    }

    /// Streams an event to whoever listens.
    public void send(@Nullable String id, String event, Object data) {
        frames.add(
                (id == null ? "" : "id: " + id + "\n")
                        + "event: "
                        + event
                        + "\ndata: "
                        + (data instanceof String text ? text : text(data))
                        + "\n\n");
    }

    public void change(@Nullable String id, Kind kind, String thing, @Nullable Object value) {
        send(id, "change", new Change(kind.wire(), thing, Instant.EPOCH, value));
    }

    /// Goes silent without closing anything, as a cut cable does.
    public void heartbeats(boolean on) {
        heartbeats = on;
    }

    /// Ends the stream that is open.
    public void endStream() {
        frames.add(END);
    }

    /// The requests for a path so far.
    public List<RecordedRequest> requests(String method, String path) {
        var found = new ArrayList<RecordedRequest>();
        for (RecordedRequest request : requests) {
            if (request.getMethod().equals(method) && request.getUrl().encodedPath().equals(path)) {
                found.add(request);
            }
        }
        return found;
    }

    public MockResponse json(int status, Object body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json")
                .body(body instanceof String text ? text : text(body))
                .build();
    }

    public static MockResponse problem(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/problem+json")
                .body(body)
                .build();
    }

    private MockResponse stream() {
        int mine = streams.incrementAndGet();
        return new MockResponse.Builder()
                .addHeader("Content-Type", "text/event-stream")
                .body(
                        new MockResponseBody() {
                            @Override
                            public long getContentLength() {
                                return -1;
                            }

                            @Override
                            public void writeTo(BufferedSink sink) throws IOException {
                                write(sink, mine);
                            }
                        })
                .build();
    }

    /// Only the stream that was opened last gets what is sent.
    private void write(BufferedSink sink, int mine) throws IOException {
        try {
            while (true) {
                String frame = frames.poll(200, TimeUnit.MILLISECONDS);
                if (mine != streams.get()) {
                    if (frame != null) {
                        frames.putFirst(frame);
                    }
                    return;
                }
                if (END.equals(frame)) {
                    return;
                }
                if (frame != null || heartbeats) {
                    sink.writeUtf8(frame == null ? "event: heartbeat\ndata: {}\n\n" : frame);
                    sink.flush();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        endStream();
        server.close();
    }
}
