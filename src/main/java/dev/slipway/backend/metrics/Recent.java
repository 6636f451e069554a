package dev.slipway.backend.metrics;

import dev.slipway.api.metrics.Pool;

import org.HdrHistogram.Histogram;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// How a pool answers just now, for who has to know within seconds. It is read from the store, so
/// that any process can ask.
public final class Recent {
    private static final Duration LOOKED_AT = Duration.ofSeconds(10);

    /// The edge tells a second later, and may be asked a second after that.
    private static final Duration FRESH = Duration.ofSeconds(5);

    private static final int LEAST = 20;
    private static final double P95 = 95;
    private static final double MICROS = 1_000;
    private final MetricsStore store;

    public Recent(MetricsStore store) {
        this.store = store;
    }

    /// Too little was measured to say anything about now.
    public static final class TooFew extends Exception {
        private static final long serialVersionUID = 1L;

        TooFew(String why) {
            super(why);
        }
    }

    /// How long 95 of 100 of a pool's requests took at most over the last ten seconds, in
    /// milliseconds.
    ///
    /// @throws TooFew if the edge told nothing lately, or there were less than 20 requests
    public double p95Millis(Pool pool, Instant now) throws TooFew {
        List<Sample> samples =
                store.intervals(now.minus(LOOKED_AT), now.plus(LOOKED_AT)).stream()
                        .filter(sample -> sample.pool() == pool)
                        .toList();
        Instant last =
                samples.stream().map(Sample::end).max(Instant::compareTo).orElse(Instant.EPOCH);
        if (last.isBefore(now.minus(FRESH))) {
            throw new TooFew("the edge measured no request of this pool lately");
        }
        Histogram all = samples.getFirst().decoded();
        for (Sample sample : samples.subList(1, samples.size())) {
            all.add(sample.decoded());
        }
        if (all.getTotalCount() < LEAST) {
            throw new TooFew("only %d requests in ten seconds".formatted(all.getTotalCount()));
        }
        return all.getValueAtPercentile(P95) / MICROS;
    }
}
