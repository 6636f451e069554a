package dev.slipway.client.kept;

import dev.slipway.api.events.Kind;
import dev.slipway.api.metrics.CacheStatus;
import dev.slipway.api.metrics.Interval;
import dev.slipway.api.metrics.Window;
import dev.slipway.client.offline.LoadState;
import dev.slipway.client.offline.Query;
import dev.slipway.client.offline.Shelf;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// What is kept of metrics.
public final class Metrics {
    private Metrics() {}

    /// The cache of each process of the shop.
    public static Query<List<CacheStatus>> caches() {
        return Shelf.all(Kind.CACHE, CacheStatus.class, Comparator.comparing(CacheStatus::shop));
    }

    /// Windows that end longer ago than this are not kept fresh by anyone: the router is away.
    private static final Duration FRESH = Duration.ofSeconds(30);

    /// The latest window of each pool, route and length.
    public static Query<List<Window>> windows() {
        return Shelf.all(Kind.WINDOW, Window.class, Comparator.comparing(Window::id));
    }

    /// As stale as what was measured: the backend may be there while the router that it measures at
    /// is not.
    public static LoadState<List<Window>> measured(LoadState<List<Window>> state, Instant now) {
        if (state instanceof LoadState.Ready<List<Window>>(List<Window> windows, Instant _)
                && !windows.isEmpty()) {
            Instant to = windows.stream().map(Window::to).max(Instant::compareTo).orElse(now);
            if (to.plus(FRESH).isBefore(now)) {
                return new LoadState.Stale<>(windows, to);
            }
        }
        return state;
    }

    /// The intervals of both pools over all routes, from `range` before the latest one, by time.
    public static Query<List<Interval>> intervals(Duration range) {
        Duration pace =
                range.compareTo(Duration.ofHours(2)) > 0 ? Duration.ofSeconds(5) : Query.LIVE;
        return new Query<>(
                Set.of(Kind.INTERVAL.wire()), pace, shelf -> shelf.live(shelf.intervals(range)));
    }
}
