package dev.slipway.backend.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.AuditEntry;
import dev.slipway.api.access.Role;
import dev.slipway.api.events.Kind;
import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.store.EventLog;
import dev.slipway.backend.store.StateStore;
import dev.slipway.testing.EventStream.Event;
import dev.slipway.testing.RunningBackend;
import dev.slipway.testing.States;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;

/// The live stream, written to by another process (another store on the same file).
@ParameterizedClass
@EnumSource(States.class)
class StreamIT {
    private final States states;

    @TempDir Path home;
    private RunningBackend backend;
    private StateStore other;
    private EventLog log;
    private String token;

    StreamIT(States states) {
        this.states = states;
    }

    @BeforeEach
    void start() throws IOException {
        backend = new RunningBackend(states, home);
        token = backend.token(Role.ADMIN);
        other = states.open(backend.state());
        log = new EventLog(WireJson.mapper(), InstantSource.system());
    }

    @AfterEach
    void stop() {
        other.close();
        backend.close();
    }

    @Test
    void tellsWhatAnotherProcessChanges() {
        try (var stream = backend.stream(token, null)) {
            assertThat(stream.status()).isEqualTo(200);
            stream.next("heartbeat");
            publish("first");
            Event event = stream.next(e -> e.data().contains("\"first\""));
            assertThat(event.name()).isEqualTo("change");
            assertThat(event.id()).startsWith(epoch() + ":");
            assertThat(event.json().get("kind").asText()).isEqualTo("audit");
            assertThat(event.json().at("/value/subject").asText()).isEqualTo("first");
        }
    }

    @Test
    void resumesWhereTheClientStopped() {
        String id;
        try (var stream = backend.stream(token, null)) {
            stream.next("heartbeat");
            publish("seen");
            id = stream.next(e -> e.data().contains("\"seen\"")).id();
        }
        publish("missed 1");
        publish("missed 2");
        try (var stream = backend.stream(token, id)) {
            List<Event> events = stream.untilHeartbeat();
            publish("live");
            stream.next(e -> e.data().contains("\"live\""));
            assertThat(subjects(events)).containsExactly("missed 1", "missed 2");
            assertThat(events).extracting(Event::name).doesNotContain("reset");
        }
    }

    @Test
    void catchesUpWithMoreThanOnePage() {
        String id = eventId();
        publishMany(1_700, "x");
        try (var stream = backend.stream(token, id)) {
            List<String> subjects = subjects(stream.untilHeartbeat());
            List<String> expected = IntStream.range(0, 1_700).mapToObj(i -> "x" + i).toList();
            assertThat(subjects).isEqualTo(expected);
        }
    }

    @Test
    void aRestartKeepsEvents() throws IOException {
        String id = eventId();
        publish("before the restart");
        backend.restart();
        try (var stream = backend.stream(token, id)) {
            assertThat(subjects(stream.untilHeartbeat())).containsExactly("before the restart");
        }
    }

    @Test
    void anotherEpochAndNonsenseAreToldReset() {
        for (String id : List.of("feedfeedfeedfeed:3", "nonsense", epoch() + ":999999")) {
            try (var stream = backend.stream(token, id)) {
                assertThat(stream.untilHeartbeat())
                        .extracting(Event::name)
                        .containsExactly("reset", "heartbeat");
            }
        }
    }

    @Test
    void whatIsPrunedIsToldReset() {
        String id = eventId();
        publish("will be pruned");
        other.numberEvents();
        Instant later = Instant.now().plus(Duration.ofHours(2));
        other.writing(new EventLog(WireJson.mapper(), InstantSource.fixed(later))::prune);
        try (var stream = backend.stream(token, id)) {
            Event reset = stream.next("reset");
            // from the reset on, the client misses nothing
            publish("after the reset");
            stream.next(e -> e.data().contains("after the reset"));
            assertThat(reset.id()).startsWith(epoch() + ":");
        }
    }

    @Test
    void theSnapshotsIdIsAPlaceInTheStream() {
        publish("in the past");
        String id = eventId();
        publish("after the snapshot");
        try (var stream = backend.stream(token, id)) {
            assertThat(subjects(stream.untilHeartbeat())).containsExactly("after the snapshot");
        }
    }

    @Test
    void heartbeatsComeAtTheIntervalThatHealthTells() {
        try (var stream = backend.stream(token, null)) {
            Instant first = Instant.parse(stream.next("heartbeat").json().get("now").asText());
            Instant second = Instant.parse(stream.next("heartbeat").json().get("now").asText());
            assertThat(Duration.between(first, second))
                    .isBetween(Duration.ofMillis(900), Duration.ofSeconds(5));
        }
    }

    @Test
    void whoLoggedOutIsCutOff() {
        String leaving = backend.logInAs(Role.ADMIN);
        try (var stream = backend.stream(leaving, null)) {
            stream.next("heartbeat");
            backend.send("DELETE", "/api/v1/session", leaving, null);
            assertThat(stream.ends()).isTrue();
        }
    }

    @Test
    void aSlowClientIsDroppedAndTheOthersAreNot() throws IOException {
        try (var slow = new Socket();
                var quick = backend.stream(token, null)) {
            slow.setReceiveBufferSize(4096);
            slow.connect(new java.net.InetSocketAddress("127.0.0.1", backend.port()));
            slow.getOutputStream()
                    .write(
                            ("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization:"
                                            + " Bearer "
                                            + token
                                            + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            slow.setSoTimeout(20_000);
            assertThat(slow.getInputStream().read()).isEqualTo('H');
            quick.next("heartbeat");
            for (int i = 0; i < 16; i++) {
                publishMany(500, "y".repeat(2_000));
                String last = "yyy499\"";
                quick.next(e -> e.data().contains(last));
            }
            assertThat(readToEnd(slow)).isLessThan(16 * 500 * 2_000L);
        }
    }

    /// Reads what was on its way; a drop is an end, clean or not.
    private static long readToEnd(Socket socket) throws IOException {
        long read = 0;
        byte[] buffer = new byte[65_536];
        try {
            for (int n = socket.getInputStream().read(buffer);
                    n >= 0;
                    n = socket.getInputStream().read(buffer)) {
                read += n;
            }
        } catch (SocketException e) {
            return read;
        }
        return read;
    }

    private void publish(String subject) {
        other.writing(handle -> log.publish(handle, Kind.AUDIT, subject, entry(subject)));
    }

    private void publishMany(int count, String prefix) {
        other.writing(
                handle -> {
                    for (int i = 0; i < count; i++) {
                        log.publish(handle, Kind.AUDIT, "many", entry(prefix + i));
                    }
                });
    }

    private static AuditEntry entry(String subject) {
        return new AuditEntry(1, Instant.EPOCH, "test", "TEST", subject, "", 200, "");
    }

    private String eventId() {
        return RunningBackend.json(backend.get("/api/v1/snapshot", token)).get("eventId").asText();
    }

    private String epoch() {
        return RunningBackend.json(backend.get("/api/v1/health", null)).get("epoch").asText();
    }

    /// What the test published, in order.
    private static List<String> subjects(List<Event> events) {
        return events.stream()
                .filter(event -> event.name().equals("change"))
                .filter(event -> event.json().at("/value/user").asText().equals("test"))
                .map(event -> event.json().at("/value/subject").asText())
                .toList();
    }
}
