package dev.slipway.sandbox.edge;

import java.math.BigDecimal;
import java.time.Instant;

/// What one pool did on one route in one interval.
///
/// @param seq grows from row to row, over restarts of the edge too
/// @param epoch names the run of the edge
/// @param millis the interval's length
/// @param pool `legacy` or `new`
/// @param route the route's template; `other` for paths that are no route
/// @param histogram HdrHistogram V2, compressed, in Base64: microseconds from the moment that each
///   request was meant to be sent; failed requests too
/// @param errors requests without an answer, or with a status of 500 and above
/// @param orders orders that the pool took
public record Interval(
        long seq,
        String epoch,
        Instant from,
        long millis,
        String pool,
        String route,
        String histogram,
        long requests,
        long errors,
        long orders,
        BigDecimal orderValue,
        String currency) {}
