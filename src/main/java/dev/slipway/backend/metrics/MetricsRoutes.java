package dev.slipway.backend.metrics;

import static dev.slipway.backend.http.Route.ANYONE_LOGGED_IN;

import dev.slipway.api.Paths;
import dev.slipway.api.metrics.CacheStatus;
import dev.slipway.api.metrics.Interval;
import dev.slipway.api.metrics.Window;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Routes;

import java.util.List;

/// Intervals, windows and caches; everyone reads.
public final class MetricsRoutes implements Routes {
    private final List<Route> routes;

    public MetricsRoutes(Metrics metrics, CacheWatch caches) {
        routes =
                List.of(
                        new Route(
                                        "GET",
                                        Paths.INTERVALS,
                                        ANYONE_LOGGED_IN,
                                        "Response times over time, the oldest first",
                                        null,
                                        Interval.class,
                                        request -> metrics.intervals(IntervalQuery.of(request)))
                                .paged()
                                .with("pool", "`LEGACY` or `NEW`; both without it.")
                                .with("route", "A route's template; all together without it.")
                                .with("every", "Merged to this length, for example `PT1M`."),
                        new Route(
                                        "GET",
                                        Paths.WINDOWS,
                                        ANYONE_LOGGED_IN,
                                        "The last minute, 5 and 15 minutes and hour",
                                        null,
                                        Window.class,
                                        _ -> metrics.windows())
                                .listed(),
                        new Route(
                                        "GET",
                                        Paths.CACHES,
                                        ANYONE_LOGGED_IN,
                                        "The cache of each process of the shop",
                                        null,
                                        CacheStatus.class,
                                        _ -> caches.latest())
                                .listed());
    }

    @Override
    public List<Route> routes() {
        return routes;
    }
}
