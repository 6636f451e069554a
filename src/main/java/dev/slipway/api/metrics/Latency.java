package dev.slipway.api.metrics;

/// Response times of `n` requests, from the moment that each was meant to be sent, in milliseconds.
/// With `n` of 0 the figures are 0 and mean nothing; below 300 a p99 is too few.
public record Latency(long n, double p50, double p95, double p99, double max) {

    /// No request at all.
    public static final Latency NONE = new Latency(0, 0, 0, 0, 0);
}
