package dev.slipway.api.metrics;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/// Merged figures of one pool and route over a window that ends now. Percentiles come from merged
/// histograms.
///
/// @param window the window's length, for example `PT1M`
/// @param seconds how much of the window was measured: less than its length after a start
/// @param route the route's template, or `*` for all routes of the pool
public record Window(
        Duration window,
        Instant to,
        double seconds,
        Pool pool,
        String route,
        Latency latency,
        long errors,
        long orders,
        BigDecimal orderValue,
        String currency) {

    /// Names the window among its kind.
    public String id() {
        return pool + "|" + route + "|" + window;
    }

    /// Requests per second.
    public double rate() {
        return seconds > 0 ? latency.n() / seconds : 0;
    }

    /// Failed requests as a share of all, 0 to 1.
    public double errorShare() {
        return latency.n() > 0 ? (double) errors / latency.n() : 0;
    }
}
