package dev.slipway.backend.metrics;

import dev.slipway.api.metrics.Pool;
import dev.slipway.backend.metrics.MetricsStore.Numbered;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// An interval as the edge gives it at `GET /edge/v1/intervals?after=SEQ`.
///
/// @param seq grows from row to row
/// @param epoch changes when the edge is started anew
/// @param pool `legacy` or `new`
/// @param histogram Base64 of HdrHistogram's compressed encoding, microseconds
/// @param requests how many there were; the histogram holds the same number
record EdgeInterval(
        long seq,
        String epoch,
        Instant from,
        long millis,
        String pool,
        String route,
        byte[] histogram,
        long requests,
        long errors,
        long orders,
        BigDecimal orderValue,
        String currency) {

    /// @throws IllegalArgumentException if it can't be: figures that contradict each other would
    ///   poison every window that they are merged into
    Numbered checked() {
        var sample =
                new Sample(
                        Pool.valueOf(pool.toUpperCase(Locale.ROOT)),
                        route,
                        from.truncatedTo(ChronoUnit.MILLIS),
                        millis,
                        histogram,
                        errors,
                        orders,
                        orderValue,
                        currency);
        long counted = sample.decoded().getTotalCount();
        if (counted != requests || errors < 0 || errors > requests || orders < 0) {
            throw new IllegalArgumentException(
                    "%d requests, %d in the histogram, %d errors, %d orders"
                            .formatted(requests, counted, errors, orders));
        }
        if (millis <= 0 || route.isEmpty() || route.equals(Sample.ALL)) {
            throw new IllegalArgumentException(millis + " ms of route '" + route + "'");
        }
        return new Numbered(epoch, seq, sample);
    }
}
