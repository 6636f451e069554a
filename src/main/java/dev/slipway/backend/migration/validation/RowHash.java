package dev.slipway.backend.migration.validation;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/// A 64-bit hash of a typed row. The sum of the hashes of some rows is their checksum: it does not
/// depend on their order, and a row that is lost, doubled or changed changes it.
public final class RowHash {
    private static final long SEED = 0x9E3779B97F4A7C15L;
    private static final long MICROS = 1_000_000;
    private static final int LONG_DIGITS = 18;
    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long PRIME = 0xD6E8FEB86659FD93L;
    private static final long NULL = 0xC2B2AE3D27D4EB4FL;

    private RowHash() {}

    /// The hash of a row's values, in the order of the plan's columns.
    public static long of(@Nullable Object[] row) {
        long hash = begin(row.length);
        for (Object value : row) {
            hash = with(hash, cell(value));
        }
        return end(hash);
    }

    /// The hash of a row of which those of its values are known.
    public static long of(long[] cells) {
        long hash = begin(cells.length);
        for (long cell : cells) {
            hash = with(hash, cell);
        }
        return end(hash);
    }

    static long begin(int width) {
        return SEED ^ width;
    }

    static long with(long hash, long cell) {
        return mix(hash ^ cell) + SEED;
    }

    static long end(long hash) {
        return mix(hash);
    }

    /// The hash of one value.
    public static long cell(@Nullable Object value) {
        return switch (value) {
            case null -> ofNone();
            case String text -> ofText(text);
            case Long number -> ofWhole(number);
            case BigDecimal number -> ofDecimal(number);
            case Boolean truth -> ofTruth(truth);
            case LocalDate day -> ofDay(day.toEpochDay());
            case Instant moment ->
                    ofMoment(moment.getEpochSecond() * MICROS + moment.getNano() / 1_000);
            default -> throw new IllegalArgumentException("no hash for " + value.getClass());
        };
    }

    static long ofNone() {
        return NULL;
    }

    static long ofWhole(long number) {
        return mix(number ^ 0x11L << 56);
    }

    static long ofTruth(boolean truth) {
        return truth ? 0x7A5BL : 0x3C19L;
    }

    static long ofDay(long epochDay) {
        return mix(epochDay ^ 0x33L << 56);
    }

    static long ofMoment(long micros) {
        return mix(micros ^ 0x44L << 56);
    }

    static long ofDecimal(BigDecimal number) {
        if (number.precision() <= LONG_DIGITS) {
            return ofDecimal(unscaled(number), number.scale());
        }
        BigDecimal plain = number.stripTrailingZeros();
        return plain.precision() <= LONG_DIGITS
                ? ofDecimal(unscaled(plain), plain.scale())
                : decimal(ofText(plain.unscaledValue().toString()), plain.scale());
    }

    /// Without a detour over BigInteger: a table holds millions of amounts.
    private static long unscaled(BigDecimal number) {
        return number.scaleByPowerOfTen(number.scale()).longValue();
    }

    /// 1.50 and 1.5 are the same number.
    static long ofDecimal(long unscaled, int scale) {
        if (unscaled == 0) {
            return decimal(0, 0);
        }
        long digits = unscaled;
        int places = scale;
        while (digits % 10 == 0) {
            digits /= 10;
            places--;
        }
        return decimal(digits, places);
    }

    private static long decimal(long digits, int scale) {
        return mix(digits ^ mix(scale + 0x22L));
    }

    static long ofText(String text) {
        return ofText(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The hash of a text.
    public static long ofText(byte[] utf8) {
        return ofText(utf8, 0, utf8.length);
    }

    static long ofText(byte[] bytes, int from, int length) {
        long hash = length;
        int at = from;
        int end = from + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = (hash ^ (long) EIGHT.get(bytes, at)) * PRIME;
            hash ^= hash >>> 29;
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = rest << Byte.SIZE | bytes[at] & 0xFF;
        }
        return mix((hash ^ rest) * PRIME);
    }

    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
