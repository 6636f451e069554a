package dev.slipway.backend.migration.validation;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/// A 64-bit hash of a typed row. The sum of the hashes of some rows is their checksum: it does not
/// depend on their order, and a row that is lost, doubled or changed changes it.
public final class RowHash {
    private static final long SEED = 0x9E3779B97F4A7C15L;
    private static final long NULL = 0xC2B2AE3D27D4EB4FL;

    private RowHash() {}

    /// The hash of a row's values, in the order of the plan's columns.
    public static long of(@Nullable Object[] row) {
        long hash = SEED ^ row.length;
        for (Object value : row) {
            hash = mix(hash ^ of(value)) + SEED;
        }
        return mix(hash);
    }

    /// A checksum as people see it.
    public static String text(long sum) {
        return String.format("%016x", sum);
    }

    private static long of(@Nullable Object value) {
        return switch (value) {
            case null -> NULL;
            case String text -> text(text);
            case Long number -> mix(number ^ 0x11L << 56);
            case BigDecimal number -> decimal(number);
            case Boolean truth -> truth ? 0x7A5BL : 0x3C19L;
            case LocalDate day -> mix(day.toEpochDay() ^ 0x33L << 56);
            case Instant moment ->
                    mix(moment.getEpochSecond() * 31 ^ mix(moment.getNano() / 1_000 + 1L));
            default -> throw new IllegalArgumentException("no hash for " + value.getClass());
        };
    }

    /// 1.50 and 1.5 are the same number.
    private static long decimal(BigDecimal number) {
        BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        long digits =
                plain.precision() <= 18
                        ? plain.unscaledValue().longValueExact()
                        : text(plain.unscaledValue().toString());
        return mix(digits ^ mix(plain.scale() + 0x22L));
    }

    private static long text(String text) {
        long hash = text.length();
        int i = 0;
        for (; i + 4 <= text.length(); i += 4) {
            long four =
                    (long) text.charAt(i) << 48
                            | (long) text.charAt(i + 1) << 32
                            | (long) text.charAt(i + 2) << 16
                            | text.charAt(i + 3);
            hash = mix(hash ^ four) + SEED;
        }
        for (; i < text.length(); i++) {
            hash = mix(hash ^ text.charAt(i)) + SEED;
        }
        return hash;
    }

    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
