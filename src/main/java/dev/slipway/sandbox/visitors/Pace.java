package dev.slipway.sandbox.visitors;

import org.HdrHistogram.Recorder;

import java.util.concurrent.atomic.AtomicLong;

/// How legacy bears its visitors, and what follows for how many should come: so many that it is in
/// trouble, and no more than it can answer. The machine may have become busier, or quieter, since
/// it was measured.
final class Pace {
    private static final double MOST_FAILED = 0.02;
    private static final double WELL_SECONDS = 1.6;
    private static final double BROKEN_SECONDS = 5;
    private static final double FEWER = 0.8;
    private static final double MORE = 1.1;
    private static final double LEAST_RATE = 0.5;
    private static final double MOST_RATE = 100;

    /// Below this a 95th percentile says nothing.
    private static final long FEWEST = 40;

    private static final long MOST_MICROS = 120_000_000;

    private final Recorder latency = new Recorder(1, MOST_MICROS, 2);
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong elsewhere = new AtomicLong();

    /// What was seen since the last look.
    ///
    /// @param answers of legacy, failed ones too
    /// @param elsewhere answers of the other pool
    /// @param p95 seconds from the intended moment
    record Seen(long answers, long failed, long elsewhere, double p95) {}

    void answered(boolean byLegacy, boolean well, long micros) {
        if (!byLegacy) {
            elsewhere.incrementAndGet();
            return;
        }
        latency.recordValue(Math.clamp(micros, 1, MOST_MICROS));
        if (!well) {
            failed.incrementAndGet();
        }
    }

    Seen look() {
        var histogram = latency.getIntervalHistogram();
        return new Seen(
                histogram.getTotalCount(),
                failed.getAndSet(0),
                elsewhere.getAndSet(0),
                histogram.getValueAtPercentile(95) / 1e6);
    }

    /// The rate to go on with. While another pool serves more than a few, legacy's ease is not the
    /// machine's, and the rate stays.
    static double next(double rate, Seen seen) {
        if (seen.answers() < FEWEST || seen.elsewhere() * 10 > seen.answers()) {
            return rate;
        }
        boolean broken =
                seen.failed() > MOST_FAILED * seen.answers() || seen.p95() > BROKEN_SECONDS;
        if (broken) {
            return Math.max(LEAST_RATE, rate * FEWER);
        }
        return seen.p95() < WELL_SECONDS && seen.failed() == 0
                ? Math.min(MOST_RATE, rate * MORE)
                : rate;
    }
}
