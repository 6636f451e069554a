package dev.slipway.backend.queues.dispatch;

import static dev.slipway.backend.http.Route.ANYONE_LOGGED_IN;

import dev.slipway.api.Paths;
import dev.slipway.api.queues.BrokerStatus;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Routes;
import dev.slipway.backend.store.StateStore;

import java.time.InstantSource;
import java.util.List;

/// How the broker stands that carries jobs.
public final class BrokerRoutes implements Routes {
    private final StateStore store;
    private final InstantSource clock;

    public BrokerRoutes(StateStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(
                        "GET",
                        Paths.JOB_BROKER,
                        ANYONE_LOGGED_IN,
                        "How the broker stands that carries jobs to the workers",
                        null,
                        BrokerStatus.class,
                        _ -> Dispatch.status(store, clock)));
    }
}
