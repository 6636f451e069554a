package dev.slipway.backend.metrics;

import dev.slipway.api.metrics.Interval;
import dev.slipway.api.metrics.Latency;
import dev.slipway.api.metrics.Pool;

import org.HdrHistogram.Histogram;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/// The sum of samples. Percentiles are read from the merged histogram: a percentile is never
/// averaged. Samples can be taken out again, which is what lets a window move.
final class Merged {
    private static final int DIGITS = 3;
    private static final double MICROS = 1_000;

    private final Histogram histogram = new Histogram(DIGITS);
    private long errors;
    private long orders;
    private BigDecimal orderValue = BigDecimal.ZERO;
    private String currency = "";

    void add(Sample sample, Histogram decoded) {
        histogram.add(decoded);
        errors += sample.errors();
        orders += sample.orders();
        orderValue = orderValue.add(sample.orderValue());
        currency = sample.currency().isEmpty() ? currency : sample.currency();
    }

    /// Takes out what was added before.
    void remove(Sample sample, Histogram decoded) {
        histogram.subtract(decoded);
        errors -= sample.errors();
        orders -= sample.orders();
        orderValue = orderValue.subtract(sample.orderValue());
    }

    long requests() {
        return histogram.getTotalCount();
    }

    long errors() {
        return errors;
    }

    long orders() {
        return orders;
    }

    BigDecimal orderValue() {
        return orderValue;
    }

    String currency() {
        return currency;
    }

    Latency latency() {
        return requests() == 0
                ? Latency.NONE
                : new Latency(
                        requests(),
                        histogram.getValueAtPercentile(50) / MICROS,
                        histogram.getValueAtPercentile(95) / MICROS,
                        histogram.getValueAtPercentile(99) / MICROS,
                        histogram.getMaxValue() / MICROS);
    }

    Interval interval(Instant from, long millis, Pool pool, String route) {
        return new Interval(
                from, millis, pool, route, latency(), errors, orders, orderValue, currency);
    }

    byte[] encoded() {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Arrays.copyOf(buffer.array(), length);
    }
}
