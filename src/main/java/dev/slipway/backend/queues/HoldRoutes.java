package dev.slipway.backend.queues;

import static dev.slipway.api.Paths.HOLDS;
import static dev.slipway.api.Paths.JOB_TYPES;
import static dev.slipway.api.Paths.JOB_TYPE_LIMIT;
import static dev.slipway.api.Paths.JOB_TYPE_PAUSE;
import static dev.slipway.api.Paths.JOB_TYPE_RESUME;
import static dev.slipway.api.Paths.JOB_WAIT;
import static dev.slipway.api.Paths.QUEUE_PAUSE;
import static dev.slipway.api.Paths.QUEUE_RESUME;
import static dev.slipway.api.access.Role.ONCALL;
import static dev.slipway.api.access.Role.OPERATOR;
import static dev.slipway.backend.http.Route.ANYONE_LOGGED_IN;

import static java.util.Objects.requireNonNullElse;

import dev.slipway.api.Page;
import dev.slipway.api.Reason;
import dev.slipway.api.access.Role;
import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.HoldKind;
import dev.slipway.api.queues.Pause;
import dev.slipway.api.queues.TypeLimit;
import dev.slipway.api.queues.TypeStatus;
import dev.slipway.api.queues.Wait;
import dev.slipway.backend.http.Answer;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Request;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Routes;

import java.util.List;
import java.util.Set;

/// What is paused and limited, and what waits because of it. Everyone reads; operators and on-call
/// engineers pause, resume and limit.
public final class HoldRoutes implements Routes {
    private static final Set<Role> HOLDERS = Set.of(OPERATOR, ONCALL);

    private final HoldService holds;
    private final List<Route> routes;

    public HoldRoutes(HoldService holds) {
        this.holds = holds;
        this.routes =
                List.of(
                        read(HOLDS, "What is paused", Hold.class, _ -> page(holds.all())).paged(),
                        read(
                                        JOB_TYPES,
                                        "Every type of job at a glance",
                                        TypeStatus.class,
                                        _ -> page(holds.types()))
                                .paged(),
                        read(
                                JOB_WAIT,
                                "Why a job does not run at this moment; nothing if it runs or has"
                                        + " ended",
                                Wait.class,
                                r -> holds.wait(r.path("id")).orElse(null)),
                        new Route(
                                "POST",
                                QUEUE_PAUSE,
                                HOLDERS,
                                "Let no job of a queue start",
                                Pause.class,
                                Hold.class,
                                r -> pause(r, HoldKind.QUEUE, "name")),
                        new Route(
                                "POST",
                                QUEUE_RESUME,
                                HOLDERS,
                                "Let a queue go on",
                                Reason.class,
                                null,
                                r -> resume(r, HoldKind.QUEUE, "name")),
                        new Route(
                                "POST",
                                JOB_TYPE_PAUSE,
                                HOLDERS,
                                "Let no job of a type start",
                                Pause.class,
                                Hold.class,
                                r -> pause(r, HoldKind.TYPE, "type")),
                        new Route(
                                "POST",
                                JOB_TYPE_RESUME,
                                HOLDERS,
                                "Let a type go on",
                                Reason.class,
                                null,
                                r -> resume(r, HoldKind.TYPE, "type")),
                        new Route(
                                "PUT",
                                JOB_TYPE_LIMIT,
                                HOLDERS,
                                "Set how many jobs of a type run at once",
                                TypeLimit.class,
                                TypeStatus.class,
                                this::limit));
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    private Effect<Hold> pause(Request request, HoldKind kind, String parameter) {
        Pause pause = request.body(Pause.class);
        String name = request.path(parameter);
        request.audit(name, requireNonNullElse(pause.reason(), ""));
        return holds.pause(kind, name, pause, request.user());
    }

    private Effect<Answer> resume(Request request, HoldKind kind, String parameter) {
        Reason reason = request.body(Reason.class);
        String name = request.path(parameter);
        request.audit(name, requireNonNullElse(reason.reason(), ""));
        return holds.resume(kind, name);
    }

    private Effect<TypeStatus> limit(Request request) {
        TypeLimit limit = request.body(TypeLimit.class);
        String type = request.path("type");
        String most = limit.most() == null ? "no limit" : "at most " + limit.most();
        request.audit(type, most + ". " + requireNonNullElse(limit.reason(), ""));
        return holds.limit(type, limit, request.user());
    }

    private static <T> Page<T> page(List<T> all) {
        return new Page<>(all, null, (long) all.size());
    }

    private static Route read(String path, String summary, Class<?> item, Route.Handler handler) {
        return new Route("GET", path, ANYONE_LOGGED_IN, summary, null, item, handler);
    }
}
