package dev.slipway.backend.migration.target;

import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/// Rows in the binary form of COPY, without its head and end. PostgreSQL reads it with less work
/// than text: numbers, dates and moments need no parsing.
final class CopyWriter {
    static final byte[] HEAD = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    static final byte[] END = {-1, -1};
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /// 2000-01-01, from which PostgreSQL counts.
    static final long EPOCH_DAY = 10_957;

    static final long EPOCH_SECOND = EPOCH_DAY * 86_400;
    private static final int BEGIN = 128 * 1024;
    private static final int ROOM = 64;

    private final List<TargetColumn> columns;
    private final Width[] widths;
    private byte[] bytes = new byte[BEGIN];
    private int at;

    CopyWriter(List<TargetColumn> columns) {
        this.columns = columns;
        this.widths = columns.stream().map(CopyWriter::width).toArray(Width[]::new);
    }

    /// How a column's whole numbers and texts are sent.
    private enum Width {
        TWO,
        FOUR,
        EIGHT,
        JSON,
        PLAIN
    }

    private static Width width(TargetColumn column) {
        return switch (column.type()) {
            case "int2" -> Width.TWO;
            case "int4" -> Width.FOUR;
            case "int8" -> Width.EIGHT;
            case "jsonb" -> Width.JSON;
            default -> Width.PLAIN;
        };
    }

    /// @param utf8 the bytes of the values that are text; null if they are not known
    /// @throws SQLException if a value does not fit; half of the row then stands there
    void row(@Nullable Object[] values, byte @Nullable [] @Nullable [] utf8) throws SQLException {
        need(2);
        SHORT.set(bytes, at, (short) values.length);
        at += 2;
        for (int i = 0; i < values.length; i++) {
            need(ROOM);
            Object value = values[i];
            byte[] text = utf8 == null ? null : utf8[i];
            if (value == null) {
                length(-1);
            } else if (text != null) {
                text(text, widths[i] == Width.JSON);
            } else {
                value(i, value);
            }
        }
    }

    private void value(int column, Object value) throws SQLException {
        switch (value) {
            case Long number -> whole(column, number);
            case BigDecimal number -> numeric(number);
            case Boolean truth -> {
                length(1);
                bytes[at++] = (byte) (truth ? 1 : 0);
            }
            case LocalDate day -> {
                length(4);
                int4((int) (day.toEpochDay() - EPOCH_DAY));
            }
            case Instant moment -> {
                length(8);
                int8(
                        (moment.getEpochSecond() - EPOCH_SECOND) * 1_000_000
                                + moment.getNano() / 1_000);
            }
            default ->
                    text(
                            value.toString().getBytes(StandardCharsets.UTF_8),
                            widths[column] == Width.JSON);
        }
    }

    private void whole(int column, long number) throws SQLException {
        switch (widths[column]) {
            case TWO -> {
                fits(column, number, Short.MIN_VALUE, Short.MAX_VALUE);
                length(2);
                SHORT.set(bytes, at, (short) number);
                at += 2;
            }
            case FOUR -> {
                fits(column, number, Integer.MIN_VALUE, Integer.MAX_VALUE);
                length(4);
                int4((int) number);
            }
            default -> {
                length(8);
                int8(number);
            }
        }
    }

    private void fits(int at, long number, long least, long most) throws SQLException {
        if (number < least || number > most) {
            TargetColumn column = columns.get(at);
            throw new SQLException(
                    "value \"%d\" of '%s' is out of range for type %s"
                            .formatted(number, column.name(), column.declared()),
                    "22003");
        }
    }

    private void numeric(BigDecimal number) {
        int start = at;
        at += 4;
        at = Numeric.write(number, space(number), at);
        INT.set(bytes, start, at - start - 4);
    }

    /// The buffer with room for a number's digits.
    private byte[] space(BigDecimal number) {
        need(ROOM + number.precision() + Math.abs(number.scale()));
        return bytes;
    }

    private void text(byte[] utf8, boolean jsonb) {
        int version = jsonb ? 1 : 0;
        need(utf8.length + version + 4);
        length(utf8.length + version);
        if (jsonb) {
            bytes[at++] = 1;
        }
        System.arraycopy(utf8, 0, bytes, at, utf8.length);
        at += utf8.length;
    }

    private void length(int length) {
        int4(length);
    }

    private void int4(int number) {
        INT.set(bytes, at, number);
        at += 4;
    }

    private void int8(long number) {
        LONG.set(bytes, at, number);
        at += 8;
    }

    private void need(int room) {
        if (at + room > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + room));
        }
    }

    /// How many bytes the rows are.
    int size() {
        return at;
    }

    /// Forgets all rows behind so many bytes.
    void backTo(int size) {
        at = size;
    }

    /// Sends some bytes.
    ///
    /// @param piece so many at a time
    void send(int from, int to, int piece, CopyIn copy) throws SQLException {
        for (int begin = from; begin < to; begin += piece) {
            copy.writeToCopy(bytes, begin, Math.min(piece, to - begin));
        }
    }
}
