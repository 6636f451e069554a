package dev.slipway.backend.metrics;

import dev.slipway.api.metrics.Pool;
import dev.slipway.backend.metrics.MetricsStore.Numbered;

import java.math.BigDecimal;
import java.time.Instant;

/// An interval as the edge gives it at `GET /edge/v1/intervals?after=SEQ`.
///
/// @param seq counts from 1 in each epoch
/// @param epoch changes when the edge is started anew
/// @param histogram Base64 of HdrHistogram's compressed encoding, microseconds
/// @param requests how many there were; the histogram holds the same number
record EdgeInterval(
        long seq,
        String epoch,
        Instant from,
        long millis,
        Pool pool,
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
                        pool, route, from, millis, histogram, errors, orders, orderValue, currency);
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
