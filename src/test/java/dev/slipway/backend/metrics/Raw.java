package dev.slipway.backend.metrics;

import dev.slipway.api.metrics.Pool;

import org.HdrHistogram.Histogram;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/// Raw response times, and what is known of them without any histogram.
record Raw(Pool pool, String route, Instant from, long millis, long[] micros) {

    /// The interval as the edge would encode it: one error and one order of 9.99 for each request.
    Sample sample() {
        var histogram = new Histogram(3);
        LongStream.of(micros).forEach(histogram::recordValue);
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return new Sample(
                pool,
                route,
                from,
                millis,
                Arrays.copyOf(buffer.array(), length),
                micros.length,
                micros.length,
                new BigDecimal("9.99").multiply(BigDecimal.valueOf(micros.length)),
                "EUR");
    }

    /// The value below which `percent` of all values lie, by nearest rank, in milliseconds.
    static double percentile(List<Raw> all, double percent) {
        long[] sorted =
                all.stream().flatMapToLong(raw -> LongStream.of(raw.micros)).sorted().toArray();
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(rank, 1) - 1] / 1_000.0;
    }

    static long count(List<Raw> all) {
        return all.stream().mapToLong(raw -> raw.micros.length).sum();
    }
}
