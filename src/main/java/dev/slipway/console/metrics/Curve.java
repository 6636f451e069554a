package dev.slipway.console.metrics;

import dev.slipway.api.metrics.Interval;
import dev.slipway.api.metrics.Pool;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// One line of a chart: a figure of one pool over time. Where nothing was measured there is a gap,
/// not a line across it.
///
/// @param times milliseconds of the epoch, ascending
/// @param values not a number in a gap
record Curve(double[] times, double[] values) {
    /// So many lengths of an interval without one make a gap.
    private static final double GAP = 2.5;

    static Curve of(List<Interval> intervals, Pool pool, ToDoubleFunction<Interval> figure) {
        double[] times = new double[intervals.size() * 2];
        double[] values = new double[intervals.size() * 2];
        int n = 0;
        double last = Double.NaN;
        for (Interval interval : intervals) {
            if (interval.pool() != pool) {
                continue;
            }
            double time = interval.from().toEpochMilli();
            if (time - last > GAP * interval.millis()) {
                times[n] = last + interval.millis();
                values[n++] = Double.NaN;
            }
            times[n] = time;
            values[n++] = figure.applyAsDouble(interval);
            last = time;
        }
        return new Curve(Arrays.copyOf(times, n), Arrays.copyOf(values, n));
    }

    /// A percentile in milliseconds; a gap where no request was made.
    static ToDoubleFunction<Interval> latency(ToDoubleFunction<Interval> percentile) {
        return interval ->
                interval.latency().n() == 0 ? Double.NaN : percentile.applyAsDouble(interval);
    }

    /// Something counted, per second.
    static ToDoubleFunction<Interval> perSecond(ToDoubleFunction<Interval> count) {
        return interval -> count.applyAsDouble(interval) * 1000 / Math.max(1, interval.millis());
    }
}
