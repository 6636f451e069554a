package dev.slipway.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Paths;
import dev.slipway.api.access.Role;
import dev.slipway.api.brokers.MoveMessages;
import dev.slipway.backend.http.AuditTrail.Act;
import dev.slipway.backend.store.StateStore;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Whoever sends a body a byte at a time is answered when its time is over, and nothing is done.
class TrickledBodyIT {
    private final List<Act> audited = new CopyOnWriteArrayList<>();
    private final AtomicInteger handled = new AtomicInteger();

    private Route route(Class<?> body) {
        return new Route(
                "POST",
                Paths.BROKER_MOVES,
                Set.of(Role.OPERATOR),
                "Moves",
                body,
                null,
                _ -> {
                    handled.incrementAndGet();
                    return Effect.of(_ -> Answer.accepted(""));
                });
    }

    private HttpServer serve(StateStore store, Class<?> body) {
        InstantSource clock = InstantSource.system();
        AuditTrail audit = (_, act) -> audited.add(act);
        return HttpServer.start(
                new HttpServer.Address("127.0.0.1", 0, Optional.empty()),
                List.of(route(body)),
                new HttpServer.Checks(
                        _ -> Optional.of(new Caller("ada", Role.OPERATOR, "s", Instant.MAX, false)),
                        audit,
                        new Commands(store, audit, clock)),
                store,
                WireJson.mapper(),
                clock,
                Duration.ofMillis(300));
    }

    /// As JSON, and as a file, whose bodies are read elsewhere.
    @ParameterizedTest
    @ValueSource(classes = {MoveMessages.class, byte[].class})
    void isAnsweredAndNothingIsDone(Class<?> body, @TempDir Path state) throws IOException {
        String type = body == byte[].class ? "application/octet-stream" : "application/json";
        try (var store = StateStore.open(state);
                var server = serve(store, body)) {
            String answer = trickle(server.port(), type);
            assertThat(answer).startsWith("HTTP/1.1 408 ");
            assertThat(answer)
                    .contains("application/problem+json", "urn:slipway:problem:too-slow")
                    .contains("Nothing was done with it; send it again over a faster line.");
        }
        assertThat(handled).hasValue(0);
        assertThat(audited).extracting(Act::status).containsExactly(408);
    }

    /// A byte now and then, each well within the socket's own time limit, until there is an answer.
    private static String trickle(int port, String type) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            var out = socket.getOutputStream();
            String head =
                    "POST /api/v1/brokers/shop/moves HTTP/1.1\r\nHost: localhost\r\n"
                            + "Authorization: Bearer t\r\nIdempotency-Key: k\r\nConnection: close\r\n"
                            + "Content-Type: %s\r\nContent-Length: 1000\r\n\r\n".formatted(type);
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.setSoTimeout(50);
            var answer = new StringBuilder();
            byte[] buffer = new byte[8_192];
            for (int sent = 0; sent < 400; sent++) {
                try {
                    out.write(' ');
                    out.flush();
                    int read = socket.getInputStream().read(buffer);
                    if (read < 0) {
                        break;
                    }
                    answer.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                } catch (java.net.SocketTimeoutException e) {
                    // no answer yet: the next byte
                } catch (SocketException e) {
                    // hung up: what it said before counts
                    break;
                }
            }
            return answer.toString();
        }
    }
}
