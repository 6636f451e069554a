package dev.slipway.backend.tasks.pool;

import dev.slipway.api.Paths;
import dev.slipway.api.tasks.WorkerPool;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Routes;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// How the workers on demand stand.
public final class PoolRoutes implements Routes {
    private final Optional<OnDemand> pool;
    private final InstantSource clock;

    /// @param pool empty if it is not configured; then the pool has no types
    public PoolRoutes(Optional<OnDemand> pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
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
                        _ -> pool.map(OnDemand::status).orElseGet(this::none)));
    }

    private WorkerPool none() {
        return new WorkerPool(
                List.of(),
                0,
                0,
                List.of(),
                0,
                null,
                "None are configured: there is no 'on-demand' in the section 'workers'.",
                clock.instant());
    }
}
