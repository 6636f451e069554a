package dev.slipway.api.metrics;

import java.math.BigDecimal;
import java.time.Instant;

/// What one pool did on one route in one short interval.
///
/// @param from start of the interval
/// @param millis its length
/// @param route the route's template, or `*` for all routes of the pool
/// @param latency of every request that ended in the interval, failed ones too
/// @param errors requests that failed: no answer, or a status of 500 and above
/// @param orders orders accepted
/// @param orderValue their value, in `currency`
public record Interval(
        Instant from,
        long millis,
        Pool pool,
        String route,
        Latency latency,
        long errors,
        long orders,
        BigDecimal orderValue,
        String currency) {

    /// Names the interval among its kind.
    public String id() {
        return pool + "|" + route + "|" + from.toEpochMilli();
    }
}
