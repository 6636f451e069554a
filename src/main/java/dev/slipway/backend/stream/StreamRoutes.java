package dev.slipway.backend.stream;

import dev.slipway.api.Paths;
import dev.slipway.api.events.Change;
import dev.slipway.api.events.Snapshot;
import dev.slipway.backend.http.Answer;
import dev.slipway.backend.http.Caller;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.http.Request;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Route.Shape;
import dev.slipway.backend.http.Routes;
import dev.slipway.backend.http.Streamed;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The live stream and the snapshot that a client begins with.
public final class StreamRoutes implements Routes {
    private static final int MOST_LISTENERS = 200;

    private final LiveStream stream;
    private final List<SnapshotSource> sources;
    private final Predicate<Caller> stillAllowed;
    private final Duration heartbeat;
    private final InstantSource clock;

    /// @param stillAllowed whether a caller's session still stands
    public StreamRoutes(
            LiveStream stream,
            List<SnapshotSource> sources,
            Predicate<Caller> stillAllowed,
            Duration heartbeat,
            InstantSource clock) {
        this.stream = stream;
        this.sources = List.copyOf(sources);
        this.stillAllowed = stillAllowed;
        this.heartbeat = heartbeat;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(
                                "GET",
                                Paths.STREAM,
                                Route.ANYONE_LOGGED_IN,
                                "Everything that changes, as it changes",
                                null,
                                Change.class,
                                this::listen)
                        .shaped(Shape.EVENTS),
                new Route(
                        "GET",
                        Paths.SNAPSHOT,
                        Route.ANYONE_LOGGED_IN,
                        "Everything live as it now stands",
                        null,
                        Snapshot.class,
                        this::snapshot));
    }

    /// The event id is read first: what the sources tell is never older than it.
    private Snapshot snapshot(Request request) {
        var position = stream.position();
        List<Change> changes =
                sources.stream().flatMap(source -> source.snapshot().stream()).toList();
        return new Snapshot(position.id(position.last()), changes);
    }

    private Answer listen(Request request) {
        if (stream.listeners() >= MOST_LISTENERS) {
            throw new Refused(
                    503,
                    "too-many-listeners",
                    "Too many clients listen to the stream. Try again later.",
                    List.of(),
                    Map.of("Retry-After", "30"));
        }
        Caller caller = request.caller().orElseThrow();
        String lastEventId = request.header("Last-Event-ID").orElse("");
        Streamed body =
                out ->
                        new Subscription(
                                        stream,
                                        out,
                                        () -> stillAllowed.test(caller),
                                        heartbeat,
                                        clock)
                                .run(lastEventId);
        return new Answer(200, body, Map.of("Content-Type", "text/event-stream"));
    }
}
