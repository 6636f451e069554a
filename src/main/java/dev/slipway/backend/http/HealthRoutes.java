package dev.slipway.backend.http;

import dev.slipway.api.Health;
import dev.slipway.api.Paths;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// What anyone may ask: whether the backend is well, and which environment it is.
public final class HealthRoutes implements Routes {
    private final Supplier<Health> health;

    public HealthRoutes(Supplier<Health> health) {
        this.health = health;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(
                        "GET",
                        Paths.HEALTH,
                        Set.of(),
                        "Whether the backend is well",
                        null,
                        Health.class,
                        _ -> health.get()));
    }
}
