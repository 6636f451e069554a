package dev.slipway.backend.migration;

import static dev.slipway.api.Paths.RUN_QUARANTINE_ACCEPT;
import static dev.slipway.api.Paths.RUN_QUARANTINE_CORRECT;
import static dev.slipway.api.Paths.RUN_QUARANTINE_EXPORT;
import static dev.slipway.api.Paths.RUN_QUARANTINE_REOPEN;
import static dev.slipway.api.Paths.RUN_QUARANTINE_REPLAY;
import static dev.slipway.api.Paths.RUN_REPLAYS;
import static dev.slipway.backend.http.Route.ANYONE_LOGGED_IN;

import dev.slipway.api.access.Role;
import dev.slipway.api.migration.ActOnQuarantine;
import dev.slipway.api.migration.CorrectQuarantine;
import dev.slipway.api.migration.QuarantineActed;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.api.migration.ReplayQuarantine;
import dev.slipway.api.migration.Replayed;
import dev.slipway.api.migration.Run;
import dev.slipway.backend.http.Answer;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Request;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Routes;
import dev.slipway.backend.queues.JobQueue;
import dev.slipway.backend.store.StateStore;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is done about rows in quarantine. Everyone reads; operators and on-call engineers act.
public final class QuarantineRoutes implements Routes {
    private static final Set<Role> MOVERS = Set.of(Role.OPERATOR, Role.ONCALL);
    private final QuarantineService service;
    private final RunDetails details;
    private final List<Route> routes;

    QuarantineRoutes(QuarantineService service, RunDetails details) {
        this.service = service;
        this.details = details;
        this.routes =
                List.of(
                        new Route(
                                        "GET",
                                        RUN_QUARANTINE_EXPORT,
                                        ANYONE_LOGGED_IN,
                                        "Rows refused, as CSV (RFC 4180) with a header",
                                        null,
                                        Quarantined.class,
                                        this::export)
                                .shaped(Route.Shape.CSV)
                                .with("step", "only rows of this step")
                                .with("column", "only rows of this column; empty: whole rows")
                                .with("rule", "only rows that this rule refused")
                                .with("state", "only rows in it: open, accepted or resolved")
                                .with("text", "only rows that hold it in key, reason or raw row"),
                        act(
                                RUN_QUARANTINE_CORRECT,
                                "Give open rows another raw value",
                                CorrectQuarantine.class,
                                this::correct),
                        act(
                                RUN_QUARANTINE_ACCEPT,
                                "Leave open rows behind on purpose",
                                ActOnQuarantine.class,
                                this::accept),
                        act(
                                RUN_QUARANTINE_REOPEN,
                                "Take accepted rows up again",
                                ActOnQuarantine.class,
                                this::reopen),
                        new Route(
                                "POST",
                                RUN_QUARANTINE_REPLAY,
                                MOVERS,
                                "Map and write open rows once more",
                                ReplayQuarantine.class,
                                Run.class,
                                this::replay),
                        new Route(
                                        "GET",
                                        RUN_REPLAYS,
                                        ANYONE_LOGGED_IN,
                                        "What each replay came to, the latest first",
                                        null,
                                        Replayed.class,
                                        request -> details.replays(request.path("id")))
                                .paged());
    }

    public static QuarantineRoutes of(
            StateStore store,
            MigrationStore runs,
            JobQueue queue,
            PlanFolder plans,
            InstantSource clock,
            RunDetails details) {
        return new QuarantineRoutes(
                new QuarantineService(store, runs, queue, plans, clock), details);
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    private static Route act(String path, String summary, Class<?> body, Route.Handler handler) {
        return new Route("POST", path, MOVERS, summary, body, QuarantineActed.class, handler)
                .reachingOutside();
    }

    private Answer export(Request request) {
        var which = Choices.filter(request);
        return new Answer(
                200,
                details.export(request.path("id"), which),
                Map.of(
                        "Content-Type",
                        "text/csv; charset=utf-8",
                        "Content-Disposition",
                        "attachment; filename=quarantine.csv"));
    }

    private QuarantineActed correct(Request request) {
        var body = request.body(CorrectQuarantine.class);
        request.audit(request.path("id"), "%s.%s".formatted(body.step(), body.column()));
        return service.correct(request.path("id"), body, request.user());
    }

    private QuarantineActed accept(Request request) {
        var body = request.body(ActOnQuarantine.class);
        request.audit(request.path("id"), body.reason());
        return service.accept(request.path("id"), body, request.user());
    }

    private QuarantineActed reopen(Request request) {
        var body = request.body(ActOnQuarantine.class);
        request.audit(request.path("id"), body.reason());
        return service.reopen(request.path("id"), body);
    }

    private Effect<Run> replay(Request request) {
        var body = request.body(ReplayQuarantine.class);
        request.audit(request.path("id"), body.changedPlan() ? "with the changed plan" : "");
        return service.replay(request.path("id"), body, request.user());
    }
}
