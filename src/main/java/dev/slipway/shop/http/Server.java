package dev.slipway.shop.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Serves routes. Whatever is asked, the answer is JSON or problem+json; a fault is logged once
/// under the id that the asker gets, and its cause goes no further.
public final class Server implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Server.class.getName());

    private final WebServer web;
    private final List<Route> routes;
    private final String host;

    private Server(String host, int port, List<Route> routes) {
        this.routes = List.copyOf(routes);
        this.host = host;
        this.web =
                WebServer.builder()
                        .host(host)
                        .port(port)
                        .shutdownHook(false)
                        .directHandlers(transportProblems())
                        .routing(routing -> routing.any(this::handle))
                        .build();
    }

    /// Starts to serve.
    ///
    /// @param port 0 for any that is free
    /// @throws IllegalStateException if the port is taken
    public static Server start(String host, int port, List<Route> routes) {
        var server = new Server(host, port, routes);
        try {
            server.web.start();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof BindException) {
                throw new IllegalStateException("port " + port + " of " + host + " is taken", e);
            }
            throw e;
        }
        return server;
    }

    public String url() {
        return "http://" + host + ":" + web.port();
    }

    private void handle(ServerRequest request, ServerResponse response) {
        Reply reply = answer(request);
        response.status(Status.create(reply.status()));
        response.header(HeaderNames.CONTENT_TYPE, reply.contentType());
        reply.headers().forEach((name, value) -> response.header(name, value));
        response.send(reply.body());
    }

    private Reply answer(ServerRequest request) {
        try {
            List<String> path = Decoded.path(request.prologue().uriPath().rawPath());
            Map<String, String> query = Decoded.query(request.prologue().query().rawValue());
            String method = request.prologue().method().text();
            boolean known = false;
            for (Route route : routes) {
                Optional<Map<String, String>> match = route.match(path);
                known |= match.isPresent();
                if (match.isPresent()
                        && (route.method().equals(method) || route.method().equals("*"))) {
                    return route.handler().answer(new Ask(request, path, query, match.get()));
                }
            }
            throw known
                    ? new Problem(405, "method", "This path can't be asked by " + method + ".")
                    : Problem.notFound("page", "of this path");
        } catch (Problem e) {
            return Reply.problem(e);
        } catch (HttpException | UncheckedIOException e) {
            return Reply.problem(Problem.badRequest("The request broke off or is not HTTP."));
        } catch (RuntimeException e) {
            return fault(request, e);
        }
    }

    private static Reply fault(ServerRequest request, RuntimeException e) {
        String id = UUID.randomUUID().toString();
        String path = request.prologue().uriPath().path();
        LOG.log(Level.ERROR, "problem " + id + " at " + path, e);
        return Reply.problem(
                500, "fault", "A fault of the server; its log holds the cause under the id.", id);
    }

    /// What Helidon refuses before a route is asked.
    private static DirectHandlers transportProblems() {
        DirectHandler handler =
                (_, type, status, headers, _) -> {
                    // a route's own faults never come here: what does is noise on the wire
                    boolean refused = status.code() >= 400 && status.code() < 500;
                    int code = refused ? status.code() : 400;
                    Reply reply =
                            Reply.problem(
                                    code,
                                    "protocol",
                                    "The request is not HTTP as it should be.",
                                    UUID.randomUUID().toString());
                    return DirectHandler.TransportResponse.builder()
                            .status(Status.create(code))
                            .headers(headers)
                            .header(HeaderNames.CONTENT_TYPE, reply.contentType())
                            .keepAlive(type.keepAlive())
                            .entity(reply.body())
                            .build();
                };
        var handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, handler);
        }
        return handlers.build();
    }

    @Override
    public void close() {
        web.stop();
    }
}
