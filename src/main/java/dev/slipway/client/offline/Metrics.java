package dev.slipway.client.offline;

import dev.slipway.api.events.Kind;
import dev.slipway.api.metrics.Interval;
import dev.slipway.api.metrics.Window;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// What is kept of metrics.
public final class Metrics {
    private Metrics() {}

    /// The latest window of each pool, route and length.
    public static Query<List<Window>> windows() {
        return Shelf.all(Kind.WINDOW, Window.class, Comparator.comparing(Window::id));
    }

    /// The intervals of both pools over all routes, from `range` before the latest one, by time.
    public static Query<List<Interval>> intervals(Duration range) {
        Duration pace =
                range.compareTo(Duration.ofHours(2)) > 0 ? Duration.ofSeconds(5) : Query.LIVE;
        return new Query<>(
                Set.of(Kind.INTERVAL.wire()), pace, shelf -> shelf.live(shelf.intervals(range)));
    }
}
