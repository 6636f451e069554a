package dev.slipway.client.kept;

import dev.slipway.api.Health;
import dev.slipway.api.events.Kind;
import dev.slipway.client.offline.Query;

import java.util.Set;

/// What is kept of the backend itself.
public final class Backends {
    private Backends() {}

    /// What it last said of itself: the environment's name and colour among it.
    public static Query<Health> health() {
        return new Query<>(
                Set.of(Kind.HEALTH.wire()),
                Query.LIVE,
                shelf ->
                        shelf.documents(Kind.HEALTH, Health.class).stream()
                                .findFirst()
                                .map(health -> new Query.Found<>(health, null)));
    }
}
