package dev.slipway.sandbox.edge;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/// Counts what happens on one route of one pool, and hands it out interval by interval.
final class Counters {
    private static final long MOST_MICROS = 120_000_000;
    private static final int DIGITS = 3;

    private final Recorder latency = new Recorder(1, MOST_MICROS, DIGITS);
    private long errors;
    private long orders;
    private BigDecimal orderValue = BigDecimal.ZERO;

    /// What was counted since it was last asked.
    record Counted(
            String histogram, long requests, long errors, long orders, BigDecimal orderValue) {}

    synchronized void count(long micros, Exchange exchange) {
        latency.recordValue(Math.clamp(micros, 1, MOST_MICROS));
        if (exchange.failed()) {
            errors++;
        }
        if (exchange.orderValue().isPresent()) {
            orders++;
            orderValue = orderValue.add(exchange.orderValue().get());
        }
    }

    synchronized Counted take() {
        Histogram histogram = latency.getIntervalHistogram();
        var counted =
                new Counted(
                        encoded(histogram), histogram.getTotalCount(), errors, orders, orderValue);
        errors = 0;
        orders = 0;
        orderValue = BigDecimal.ZERO;
        return counted;
    }

    private static String encoded(Histogram histogram) {
        var buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }
}
