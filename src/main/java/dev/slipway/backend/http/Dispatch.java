package dev.slipway.backend.http;

import dev.slipway.api.Reason;
import dev.slipway.backend.http.AuditTrail.Act;
import dev.slipway.backend.http.Commands.Key;
import dev.slipway.backend.http.RouteTable.Match;

import io.helidon.webserver.http.ServerRequest;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Leads a request through the checks to its route and makes the answer. Every way that it can end
/// is an answer: nothing is thrown to the web server.
final class Dispatch {
    private final RouteTable routes;
    private final Gate gate;
    private final Writes writes;
    private final RefusedWrites refusedWrites;
    private final Bodies bodies;
    private final Answers answers;
    private final FileTurns files;

    Dispatch(
            RouteTable routes,
            Gate gate,
            Writes writes,
            RefusedWrites refusedWrites,
            Answers answers,
            Bodies bodies) {
        this.routes = routes;
        this.gate = gate;
        this.writes = writes;
        this.refusedWrites = refusedWrites;
        this.answers = answers;
        this.bodies = bodies;
        this.files = new FileTurns(bodies);
    }

    /// @param streamed the body, if it is to be written piece by piece
    record Outcome(Reply reply, @Nullable Streamed streamed) {}

    Outcome handle(ServerRequest raw) {
        String method = raw.prologue().method().text();
        try {
            List<String> segments = Percent.path(raw.prologue().uriPath().rawPath());
            return switch (routes.match(method, segments)) {
                case Match.Found found -> handle(raw, found);
                case Match.WrongMethod wrong ->
                        refuse(
                                new Refused(
                                        405,
                                        "wrong-method",
                                        "This path takes " + wrong.allowed() + ".",
                                        List.of(),
                                        Map.of("Allow", wrong.allowed())));
                case Match.Unknown _ ->
                        refuse(new Refused(404, "not-found", "There is no such path.", List.of()));
            };
        } catch (Refused refused) {
            return refuse(refused);
        } catch (Exception e) {
            return answers.fault(method, e);
        }
    }

    private Outcome handle(ServerRequest raw, Match.Found found) {
        Route route = found.route();
        Optional<Caller> caller = Optional.empty();
        try {
            caller = gate.caller(raw, route);
            caller.ifPresent(known -> gate.authorise(known, route));
            Map<String, String> query = Percent.query(raw.prologue().query().rawValue());
            var exchange = new Exchange(raw, route, found.parameters(), query, caller);
            if (route.method().equals("GET")) {
                refuseBody(raw);
                return answer(exchange, route);
            }
            return plain(write(raw, exchange, route));
        } catch (Refused refused) {
            Outcome outcome = refuse(refused);
            if (!route.method().equals("GET")) {
                refusedWrites.note(
                        act(
                                caller.map(Caller::user).orElse(""),
                                route,
                                "",
                                refused.kind(),
                                refused.status()));
            }
            return outcome;
        }
    }

    /// A write: done once per key, remembered with its answer, and noted in the audit log.
    private Reply write(ServerRequest raw, Exchange exchange, Route route) {
        if (route.open()) {
            read(raw, exchange, route);
            Reply reply = answer(exchange, route).reply();
            refusedWrites.note(
                    act(
                            exchange.user(),
                            route,
                            exchange.subject(),
                            exchange.reason(),
                            reply.status()));
            return reply;
        }
        return route.body() == byte[].class
                ? files.take(raw, () -> once(raw, exchange, route))
                : once(raw, exchange, route);
    }

    private Reply once(ServerRequest raw, Exchange exchange, Route route) {
        var key = new Key(exchange.user(), gate.key(raw));
        String fingerprint = gate.fingerprint(raw, read(raw, exchange, route));
        return writes.once(key, fingerprint, exchange, route);
    }

    private byte[] read(ServerRequest raw, Exchange exchange, Route route) {
        Class<?> type = route.body();
        if (type == null) {
            refuseBody(raw);
            return new byte[0];
        }
        if (type == Reason.class && !raw.content().hasEntity()) {
            // a reason may be given: nothing at all is an empty one
            exchange.body(new Reason(""));
            return new byte[0];
        }
        if (type == byte[].class) {
            Bodies.checkFile(Exchange.header(raw, "Content-Type").orElse(null));
            byte[] file = bodies.bytes(raw, Bodies.MAX_FILE);
            exchange.body(file);
            return file;
        }
        Bodies.checkMediaType(Exchange.header(raw, "Content-Type").orElse(null));
        byte[] bytes = bodies.bytes(raw);
        exchange.body(bodies.read(bytes, type));
        return bytes;
    }

    private void refuseBody(ServerRequest raw) {
        if (raw.content().hasEntity() && bodies.bytes(raw).length > 0) {
            throw Refused.badRequest("", "This route takes no body.");
        }
    }

    /// Calls the route's handler; whatever it throws is an answer too.
    private Outcome answer(Exchange exchange, Route route) {
        try {
            return answers.of(route.handler().handle(exchange));
        } catch (Refused refused) {
            return answers.refused(refused);
        } catch (Exception e) {
            return answers.fault(route.action(), e);
        }
    }

    private Outcome refuse(Refused refused) {
        return answers.refused(refused);
    }

    private static Outcome plain(Reply reply) {
        return new Outcome(reply, null);
    }

    private static Act act(String user, Route route, String subject, String reason, int status) {
        return new Act(user, route.action(), subject, reason, status);
    }
}
