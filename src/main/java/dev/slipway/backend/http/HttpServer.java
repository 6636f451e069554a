package dev.slipway.backend.http;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.backend.http.Dispatch.Outcome;
import dev.slipway.backend.store.StateStore;

import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Serves a table of routes over HTTP.
public final class HttpServer implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 512;
    private static final int MAX_HEADERS = 16 << 10;
    private static final int MAX_PROLOGUE = 8 << 10;
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    private final Dispatch dispatch;
    private final WebServer server;

    /// @param port 0 takes a free one
    /// @param encryption empty for plain HTTP
    public record Address(String host, int port, Optional<Encryption> encryption) {}

    /// What the server asks about a request.
    public record Checks(Authenticator authenticator, AuditTrail audit, Commands commands) {}

    private HttpServer(Address address, Dispatch dispatch, ProblemWriter problems) {
        this.dispatch = dispatch;
        var tls = Tls.builder().enabled(false).build();
        this.server =
                WebServer.builder()
                        .tls(address.encryption().map(Encryption::tls).orElse(tls))
                        .host(address.host())
                        .port(address.port())
                        .shutdownHook(false)
                        // a little more is read, so that whoever sends it hears why it is refused
                        .maxPayloadSize(Bodies.MAX_FILE + Bodies.MAX_BYTES)
                        .maxTcpConnections(MAX_CONNECTIONS)
                        .shutdownGracePeriod(Duration.ofSeconds(2))
                        .connectionOptions(
                                options -> options.readTimeout(READ_TIMEOUT).tcpNoDelay(true))
                        .addConnectionSelector(http1(problems))
                        .protocolsDiscoverServices(false)
                        .directHandlers(transport(problems))
                        .routing(routing -> routing.any(this::serve))
                        .build()
                        .start();
    }

    private static BrokenOff http1(ProblemWriter problems) {
        var config =
                Http1Config.builder()
                        .maxHeadersSize(MAX_HEADERS)
                        .maxPrologueLength(MAX_PROLOGUE)
                        .build();
        return new BrokenOff(
                Http1ConnectionSelector.builder().config(config).build(),
                () -> problems.transport(400, "The request ends before its first line does."));
    }

    /// Starts to serve.
    public static HttpServer start(
            Address address,
            List<Route> routes,
            Checks checks,
            StateStore store,
            ObjectMapper json,
            InstantSource clock) {
        return start(address, routes, checks, store, json, clock, Bodies.PATIENCE);
    }

    /// @param patience the longest that a request's body may take to come, whole
    static HttpServer start(
            Address address,
            List<Route> routes,
            Checks checks,
            StateStore store,
            ObjectMapper json,
            InstantSource clock,
            Duration patience) {
        var answers = new Answers(json);
        var dispatch =
                new Dispatch(
                        new RouteTable(routes),
                        new Gate(checks.authenticator()),
                        new Writes(store, checks.commands(), answers),
                        new RefusedWrites(store, checks.audit(), clock),
                        answers,
                        new Bodies(json, patience));
        return new HttpServer(address, dispatch, new ProblemWriter(json));
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private void serve(ServerRequest request, ServerResponse response) {
        Outcome outcome = dispatch.handle(request);
        Reply reply = outcome.reply();
        response.status(Status.create(reply.status()));
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.header(HeaderNames.create("X-Content-Type-Options"), "nosniff");
        reply.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        if (reply.type() != null) {
            response.header(HeaderNames.CONTENT_TYPE, reply.type());
        }
        if (outcome.streamed() == null) {
            response.send(reply.body());
            hangUpIfAsked(request);
        } else {
            stream(outcome.streamed(), response);
        }
    }

    /// Helidon says `Connection: close` to a client that did, but then waits for it to hang up.
    private static void hangUpIfAsked(ServerRequest request) {
        if (request.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
            throw new CloseConnectionException("as the client asked");
        }
    }

    /// A client that is gone is not a fault.
    private static void stream(Streamed streamed, ServerResponse response) {
        try (var out = response.outputStream()) {
            streamed.writeTo(out);
        } catch (IOException | UncheckedIOException e) {
            throw new CloseConnectionException("the client is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("cut off", e);
        }
    }

    /// What never comes to a route (a broken request line, headers too large) is answered in the
    /// same form.
    private static DirectHandlers transport(ProblemWriter problems) {
        var handlers = DirectHandlers.builder();
        DirectHandler handler =
                (_, _, status, headers, _) -> {
                    int code = status.code() == 500 ? 400 : status.code();
                    Reply reply =
                            problems.transport(code, "The request is not HTTP as it should be.");
                    headers.set(HeaderNames.CONTENT_TYPE, Reply.PROBLEM);
                    return TransportResponse.builder()
                            .status(Status.create(code))
                            .headers(headers)
                            .keepAlive(false)
                            .entity(reply.body())
                            .build();
                };
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, handler);
        }
        return handlers.build();
    }
}
