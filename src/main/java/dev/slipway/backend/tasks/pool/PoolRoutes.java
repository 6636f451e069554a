package dev.slipway.backend.tasks.pool;

import dev.slipway.api.Paths;
import dev.slipway.api.tasks.WorkerPool;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Routes;

import java.util.List;
import java.util.Optional;

/// How the workers on demand stand.
public final class PoolRoutes implements Routes {
    private final Optional<OnDemand> pool;

    /// @param pool empty if it is not configured; then the route says so
    public PoolRoutes(Optional<OnDemand> pool) {
        this.pool = pool;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(
                        "GET",
                        Paths.WORKER_POOL,
                        Route.ANYONE_LOGGED_IN,
                        "Workers that are started on demand",
                        null,
                        WorkerPool.class,
                        _ ->
                                pool.map(OnDemand::status)
                                        .orElseThrow(
                                                () ->
                                                        new Refused(
                                                                409,
                                                                "not-configured",
                                                                "No workers are started on demand:"
                                                                        + " the configuration file has"
                                                                        + " no 'on-demand' in its"
                                                                        + " section 'workers'.",
                                                                List.of()))));
    }
}
