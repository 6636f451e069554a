package dev.slipway.backend.metrics;

import static dev.slipway.backend.http.Route.ANYONE_LOGGED_IN;

import dev.slipway.api.Paths;
import dev.slipway.api.metrics.Interval;
import dev.slipway.api.metrics.Window;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Routes;

import java.util.List;

/// Intervals and windows; everyone reads.
public final class MetricsRoutes implements Routes {
    private final List<Route> routes;

    public MetricsRoutes(Metrics metrics) {
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
                                .listed());
    }

    @Override
    public List<Route> routes() {
        return routes;
    }
}
