package dev.slipway.backend.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.Reason;
import dev.slipway.backend.http.AuditTrail.Act;
import dev.slipway.backend.http.Commands.Begun;
import dev.slipway.backend.http.RouteTable.Match;

import io.helidon.webserver.http.ServerRequest;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Leads a request through the checks to its route and makes the answer. Every way that it can end
/// is an answer: nothing is thrown to the web server.
final class Dispatch {
    private final RouteTable routes;
    private final Gate gate;
    private final Commands commands;
    private final RefusedWrites refusedWrites;
    private final Bodies bodies;
    private final ProblemWriter problems;
    private final ObjectMapper json;

    Dispatch(
            RouteTable routes,
            Gate gate,
            Commands commands,
            RefusedWrites refusedWrites,
            ObjectMapper json) {
        this.routes = routes;
        this.gate = gate;
        this.commands = commands;
        this.refusedWrites = refusedWrites;
        this.bodies = new Bodies(json);
        this.problems = new ProblemWriter(json);
        this.json = json;
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
            return plain(problems.fault(method, e));
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
        String key = gate.key(raw);
        String fingerprint = gate.fingerprint(raw, read(raw, exchange, route));
        String action = action(route);
        return switch (commands.begin(exchange.user(), key, action, fingerprint)) {
            case Begun.Fresh _ -> {
                Reply reply = answer(exchange, route).reply();
                Act act =
                        act(
                                exchange.user(),
                                route,
                                exchange.subject(),
                                exchange.reason(),
                                reply.status());
                commands.finish(exchange.user(), key, act, reply);
                yield reply;
            }
            case Begun.Answered answered -> answered.reply();
            case Begun.Running _ ->
                    throw Refused.conflict(
                            "The same write is being done at this moment; look it up by its key.");
            case Begun.Lost _ ->
                    throw Refused.conflict(
                            "The server stopped in the middle of this write. Look at what stands,"
                                    + " then send it with a new key if it is still wanted.");
            case Begun.OtherRequest _ ->
                    throw new Refused(
                            422,
                            "key-of-another-request",
                            "This Idempotency-Key was used for another request, or in another"
                                    + " session. Nothing was done; send a new key.",
                            List.of());
        };
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
        Bodies.checkMediaType(Exchange.header(raw, "Content-Type").orElse(null));
        byte[] bytes = Bodies.bytes(raw);
        exchange.body(bodies.read(bytes, type));
        return bytes;
    }

    private static void refuseBody(ServerRequest raw) {
        if (raw.content().hasEntity() && Bodies.bytes(raw).length > 0) {
            throw Refused.badRequest("", "This route takes no body.");
        }
    }

    /// Calls the route's handler; whatever it throws is an answer too.
    private Outcome answer(Exchange exchange, Route route) {
        try {
            return outcome(route.handler().handle(exchange));
        } catch (Refused refused) {
            return refuse(refused);
        } catch (Exception e) {
            return plain(problems.fault(action(route), e));
        }
    }

    private Outcome outcome(@Nullable Object answer) throws JsonProcessingException {
        return switch (answer) {
            case null -> plain(new Reply(204, null, new byte[0], Map.of()));
            case Answer special -> special(special);
            default -> plain(new Reply(200, Reply.JSON, json.writeValueAsBytes(answer), Map.of()));
        };
    }

    private Outcome special(Answer answer) throws JsonProcessingException {
        var headers = new HashMap<>(answer.headers());
        String declared = headers.remove("Content-Type");
        return switch (answer.body()) {
            case null -> plain(new Reply(answer.status(), null, new byte[0], headers));
            case byte[] bytes -> plain(new Reply(answer.status(), declared, bytes, headers));
            case Streamed streamed ->
                    new Outcome(
                            new Reply(answer.status(), declared, new byte[0], headers), streamed);
            case Object body ->
                    plain(
                            new Reply(
                                    answer.status(),
                                    Reply.JSON,
                                    json.writeValueAsBytes(body),
                                    headers));
        };
    }

    private Outcome refuse(Refused refused) {
        return plain(problems.refused(refused));
    }

    private static Outcome plain(Reply reply) {
        return new Outcome(reply, null);
    }

    private static Act act(String user, Route route, String subject, String reason, int status) {
        return new Act(user, action(route), subject, reason, status);
    }

    private static String action(Route route) {
        return route.method() + " " + route.path();
    }
}
