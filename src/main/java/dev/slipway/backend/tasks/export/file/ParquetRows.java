package dev.slipway.backend.tasks.export.file;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import dev.slipway.backend.tasks.export.file.Column.DoesNotFit;

import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;

/// Apache Parquet. Decimals, moments (UTC, microseconds) and dates have logical types of their own;
/// every column may hold NULL. Row groups are kept small, so that memory is bounded.
final class ParquetRows implements AutoCloseable {
    static final long ROW_GROUP = 8L << 20;
    private static final int PAGE = 256 << 10;

    /// Decimals of up to so many digits fit into 64 bits.
    static final int DIGITS_IN_LONG = 18;

    /// Bytes that hold any decimal of 38 digits.
    static final int WIDE = 16;

    private final List<Column> columns;
    private final ParquetWriter<@Nullable Object[]> writer;

    /// @param to written to from where it is now
    ParquetRows(List<Column> columns, DraftFile to) throws IOException {
        this.columns = columns;
        this.writer =
                new Builder(new ParquetOutput(to), columns)
                        .withConf(new PlainParquetConfiguration())
                        .withCompressionCodec(CompressionCodecName.GZIP)
                        .withCodecFactory(new GzipPages())
                        .withRowGroupSize(ROW_GROUP)
                        .withPageSize(PAGE)
                        .build();
    }

    void write(@Nullable Object[] values) throws IOException, DoesNotFit {
        @Nullable Object[] fitted = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            fitted[i] = columns.get(i).fitted(values[i]);
        }
        writer.write(fitted);
    }

    /// Writes the end of the file, by which a reader finds its rows.
    @Override
    public void close() throws IOException {
        writer.close();
    }

    static MessageType schema(List<Column> columns) {
        var message = Types.buildMessage();
        columns.forEach(column -> message.addField(field(column)));
        return message.named("export");
    }

    private static PrimitiveType field(Column column) {
        return switch (column.type()) {
            case TEXT -> Types.optional(BINARY).as(stringType()).named(column.name());
            case INTEGER -> Types.optional(INT64).named(column.name());
            case BOOLEAN -> Types.optional(BOOLEAN).named(column.name());
            case DATE -> Types.optional(INT32).as(dateType()).named(column.name());
            case TIMESTAMP ->
                    Types.optional(INT64)
                            .as(timestampType(true, TimeUnit.MICROS))
                            .named(column.name());
            case DECIMAL ->
                    (column.precision() <= DIGITS_IN_LONG
                                    ? Types.optional(INT64)
                                    : Types.optional(FIXED_LEN_BYTE_ARRAY).length(WIDE))
                            .as(decimalType(column.scale(), column.precision()))
                            .named(column.name());
        };
    }

    private static final class Builder extends ParquetWriter.Builder<@Nullable Object[], Builder> {
        private final List<Column> columns;

        Builder(OutputFile file, List<Column> columns) {
            super(file);
            this.columns = columns;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<@Nullable Object[]> getWriteSupport(Configuration unused) {
            return new ParquetFields(columns);
        }

        @Override
        protected WriteSupport<@Nullable Object[]> getWriteSupport(ParquetConfiguration unused) {
            return new ParquetFields(columns);
        }
    }
}
