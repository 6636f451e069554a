package dev.slipway.client.kept;

import dev.slipway.api.events.Kind;
import dev.slipway.api.launch.Launch;
import dev.slipway.client.offline.Query;

import java.util.Set;

/// What is kept of the launch.
public final class Launches {
    private Launches() {}

    /// The launch as it stands.
    public static Query<Launch> current() {
        return new Query<>(
                Set.of(Kind.LAUNCH.wire()),
                Query.LIVE,
                shelf ->
                        shelf.documents(Kind.LAUNCH, Launch.class).stream()
                                .findFirst()
                                .map(launch -> new Query.Found<>(launch, null)));
    }
}
