package dev.slipway.backend.metrics;

import dev.slipway.api.metrics.Pool;

import org.HdrHistogram.Histogram;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.zip.DataFormatException;

/// What one pool did on one route in one interval; the histogram stays encoded, which is some
/// hundred bytes instead of a hundred thousand.
///
/// @param encoded HdrHistogram's compressed encoding, microseconds
record Sample(
        Pool pool,
        String route,
        Instant from,
        long millis,
        byte[] encoded,
        long errors,
        long orders,
        BigDecimal orderValue,
        String currency) {

    /// All routes of a pool.
    static final String ALL = "*";

    Instant end() {
        return from.plusMillis(millis);
    }

    /// @throws IllegalArgumentException if it is no histogram
    Histogram decoded() {
        try {
            return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(encoded), 0);
        } catch (DataFormatException | RuntimeException e) {
            throw new IllegalArgumentException("no encoded histogram", e);
        }
    }
}
