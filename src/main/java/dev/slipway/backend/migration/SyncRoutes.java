package dev.slipway.backend.migration;

import static dev.slipway.api.Paths.RUN_SYNC;
import static dev.slipway.api.Paths.RUN_SYNC_PACE;
import static dev.slipway.api.Paths.RUN_SYNC_STOP;
import static dev.slipway.api.Paths.SYNCS;
import static dev.slipway.backend.http.Route.ANYONE_LOGGED_IN;

import dev.slipway.api.Page;
import dev.slipway.api.Reason;
import dev.slipway.api.access.Role;
import dev.slipway.api.migration.RunSync;
import dev.slipway.api.migration.StartSync;
import dev.slipway.api.migration.SyncPace;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Request;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Routes;

import java.util.List;
import java.util.Set;

/// Syncs of runs. Everyone reads; operators and on-call engineers start and stop.
public final class SyncRoutes implements Routes {
    private static final Set<Role> MOVERS = Set.of(Role.OPERATOR, Role.ONCALL);
    private final SyncService service;
    private final List<Route> routes;

    public SyncRoutes(SyncService service) {
        this.service = service;
        this.routes =
                List.of(
                        new Route(
                                        "GET",
                                        SYNCS,
                                        ANYONE_LOGGED_IN,
                                        "What keeps targets up to date after the copy",
                                        null,
                                        RunSync.class,
                                        _ -> all())
                                .paged(),
                        new Route(
                                "GET",
                                RUN_SYNC,
                                ANYONE_LOGGED_IN,
                                "How the sync of a run stands",
                                null,
                                RunSync.class,
                                request -> service.of(request.path("id"))),
                        new Route(
                                "POST",
                                RUN_SYNC,
                                MOVERS,
                                "Start the sync of a run, or let it go on",
                                StartSync.class,
                                RunSync.class,
                                this::start),
                        new Route(
                                "POST",
                                RUN_SYNC_STOP,
                                MOVERS,
                                "Stop a sync at the end of the transaction in hand",
                                Reason.class,
                                RunSync.class,
                                this::stop),
                        new Route(
                                "POST",
                                RUN_SYNC_PACE,
                                MOVERS,
                                "Change how fast a sync reads beside what the source's log names",
                                SyncPace.class,
                                RunSync.class,
                                this::pace));
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    private Page<RunSync> all() {
        List<RunSync> all = service.all();
        return new Page<>(all, null, (long) all.size());
    }

    private Effect<RunSync> start(Request request) {
        StartSync body = request.body(StartSync.class);
        String how =
                (body.anew() ? "anew" : "")
                        + (body.triggers() ? ", triggers may be installed in the source" : "");
        request.audit(request.path("id"), how);
        return service.start(request.path("id"), body, request.user());
    }

    private Effect<RunSync> pace(Request request) {
        SyncPace pace = request.body(SyncPace.class);
        request.audit(request.path("id"), "rows per second %d".formatted(pace.rowsPerSecond()));
        return service.pace(request.path("id"), pace);
    }

    private Effect<RunSync> stop(Request request) {
        String reason = request.body(Reason.class).reason();
        request.audit(request.path("id"), reason);
        return service.stop(request.path("id"), reason);
    }
}
