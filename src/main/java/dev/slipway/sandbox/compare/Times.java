package dev.slipway.sandbox.compare;

import org.HdrHistogram.Histogram;

/// How long answers took, in milliseconds.
///
/// @param n answers
public record Times(long n, double p50, double p95, double p99, double max) {
    private static final double NANOS = 1e6;

    /// @param nanos each answer's time in nanoseconds
    static Times of(Histogram nanos) {
        return new Times(
                nanos.getTotalCount(),
                nanos.getValueAtPercentile(50) / NANOS,
                nanos.getValueAtPercentile(95) / NANOS,
                nanos.getValueAtPercentile(99) / NANOS,
                nanos.getMaxValue() / NANOS);
    }
}
