package dev.slipway.backend.migration.target;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;

/// PostgreSQL's `numeric` in binary: digits to the base of 10,000.
final class Numeric {
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final int BASE = 10_000;
    private static final int DIGITS = 4;
    private static final int HEAD = 8;
    private static final short NEGATIVE = 0x4000;

    /// So many decimal digits fit into a long with room for three zeros behind them.
    private static final int SMALL = 15;

    private static final long[] TENS = {1, 10, 100, 1_000};

    private Numeric() {}

    /// @return where the number ends
    static int write(BigDecimal given, byte[] bytes, int at) {
        BigDecimal number = given.scale() < 0 ? given.setScale(0) : given;
        int scale = number.scale();
        int zeros = (DIGITS - scale % DIGITS) % DIGITS;
        int behind = (scale + zeros) / DIGITS;
        short[] digits =
                number.precision() <= SMALL
                        ? digits(
                                Math.abs(number.scaleByPowerOfTen(scale).longValue()) * TENS[zeros],
                                new short[6])
                        : digits(
                                number.unscaledValue()
                                        .abs()
                                        .multiply(BigInteger.valueOf(TENS[zeros])));
        int most = digits.length;
        while (most > 0 && digits[most - 1] == 0) {
            most--;
        }
        int least = 0;
        while (least < most && digits[least] == 0) {
            least++;
        }
        SHORT.set(bytes, at, (short) (most - least));
        SHORT.set(bytes, at + 2, (short) (most == least ? 0 : most - behind - 1));
        SHORT.set(bytes, at + 4, number.signum() < 0 ? NEGATIVE : (short) 0);
        SHORT.set(bytes, at + 6, (short) scale);
        int end = at + HEAD;
        for (int i = most - 1; i >= least; i--) {
            SHORT.set(bytes, end, digits[i]);
            end += 2;
        }
        return end;
    }

    /// From the least to the most significant.
    private static short[] digits(long number, short[] digits) {
        long rest = number;
        for (int i = 0; rest != 0; i++) {
            digits[i] = (short) (rest % BASE);
            rest /= BASE;
        }
        return digits;
    }

    private static short[] digits(BigInteger number) {
        short[] digits = new short[number.bitLength() / 13 + 1];
        BigInteger rest = number;
        for (int i = 0; rest.signum() != 0; i++) {
            BigInteger[] parts = rest.divideAndRemainder(BigInteger.valueOf(BASE));
            digits[i] = parts[1].shortValue();
            rest = parts[0];
        }
        return digits;
    }

    /// Shows a number that stands in some bytes.
    static void show(byte[] bytes, int at, CellVisitor visitor) {
        int count = (short) SHORT.get(bytes, at);
        int weight = (short) SHORT.get(bytes, at + 2);
        boolean negative = (short) SHORT.get(bytes, at + 4) == NEGATIVE;
        int behind = Math.max(0, count - weight - 1);
        if (count <= DIGITS && weight < DIGITS) {
            long value = 0;
            for (int i = 0; i < Math.max(count, weight + 1); i++) {
                value =
                        value * BASE
                                + (i < count ? (short) SHORT.get(bytes, at + HEAD + 2 * i) : 0);
            }
            visitor.decimal(negative ? -value : value, behind * DIGITS);
        } else {
            BigInteger value = BigInteger.ZERO;
            for (int i = 0; i < Math.max(count, weight + 1); i++) {
                int digit = i < count ? (short) SHORT.get(bytes, at + HEAD + 2 * i) : 0;
                value = value.multiply(BigInteger.valueOf(BASE)).add(BigInteger.valueOf(digit));
            }
            visitor.decimal(new BigDecimal(negative ? value.negate() : value, behind * DIGITS));
        }
    }
}
