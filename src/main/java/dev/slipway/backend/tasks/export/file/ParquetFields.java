package dev.slipway.backend.tasks.export.file;

import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Hands the values of a row to Parquet, each as its column's type has it.
final class ParquetFields extends WriteSupport<@Nullable Object[]> {
    private final List<Column> columns;

    @SuppressWarnings("NullAway.Init")
    private RecordConsumer to;

    ParquetFields(List<Column> columns) {
        this.columns = columns;
    }

    @Override
    public WriteContext init(Configuration unused) {
        return context();
    }

    @Override
    public WriteContext init(ParquetConfiguration unused) {
        return context();
    }

    private WriteContext context() {
        return new WriteContext(ParquetRows.schema(columns), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
        to = consumer;
    }

    @Override
    public void write(@Nullable Object[] row) {
        to.startMessage();
        for (int i = 0; i < row.length; i++) {
            Object value = row[i];
            if (value != null) {
                String name = columns.get(i).name();
                to.startField(name, i);
                add(columns.get(i), value);
                to.endField(name, i);
            }
        }
        to.endMessage();
    }

    private void add(Column column, Object value) {
        switch (value) {
            case String text -> to.addBinary(Binary.fromString(text));
            case Long number -> to.addLong(number);
            case Boolean flag -> to.addBoolean(flag);
            case LocalDate date -> to.addInteger(Math.toIntExact(date.toEpochDay()));
            case Instant moment -> to.addLong(ChronoUnit.MICROS.between(Instant.EPOCH, moment));
            case BigDecimal decimal when column.precision() <= ParquetRows.DIGITS_IN_LONG ->
                    to.addLong(decimal.unscaledValue().longValueExact());
            case BigDecimal decimal -> to.addBinary(wide(decimal));
            default -> throw new IllegalArgumentException("no Parquet type for " + column.type());
        }
    }

    /// Two's complement, big-endian, of a fixed width.
    private static Binary wide(BigDecimal decimal) {
        byte[] digits = decimal.unscaledValue().toByteArray();
        byte[] all = new byte[ParquetRows.WIDE];
        if (digits[0] < 0) {
            Arrays.fill(all, (byte) -1);
        }
        System.arraycopy(digits, 0, all, all.length - digits.length, digits.length);
        return Binary.fromConstantByteArray(all);
    }
}
