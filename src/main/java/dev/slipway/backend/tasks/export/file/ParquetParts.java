package dev.slipway.backend.tasks.export.file;

import dev.slipway.backend.tasks.export.file.Column.DoesNotFit;

import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// Writes Parquet so that another can go on with it: what a reader finds its rows by stands at a
/// Parquet file's end, so the draft is a row of whole small Parquet files, each followed by its
/// length. At the end their row groups are copied, as they are, into one file.
///
/// A part is ended only when it has a sixty-fourth of the rows before it: so there are some hundred
/// parts at most, however long it takes, and no more than a sixty-fourth is written again.
final class ParquetParts implements RowFile, Parted {
    private static final int SHARE = 64;

    private final List<Column> columns;
    private final DraftFile to;
    private long before;
    private long start;
    private long rows;
    private @Nullable ParquetRows part;

    ParquetParts(List<Column> columns, DraftFile to) {
        this(columns, to, 0);
    }

    private ParquetParts(List<Column> columns, DraftFile to, long before) {
        this.columns = columns;
        this.to = to;
        this.before = before;
    }

    /// @param rows in the parts that are there
    static ParquetParts goOn(List<Column> columns, DraftFile to, long rows) {
        return new ParquetParts(columns, to, rows);
    }

    @Override
    public void write(@Nullable Object[] values) throws IOException, DoesNotFit {
        begun().write(values);
        rows++;
    }

    private ParquetRows begun() throws IOException {
        if (part == null) {
            start = to.bytes();
            part = new ParquetRows(columns, to);
        }
        return part;
    }

    @Override
    public boolean settle() throws IOException {
        if (rows > 0 && rows >= before / SHARE) {
            end();
        }
        return rows == 0;
    }

    private void end() throws IOException {
        begun().close();
        part = null;
        before += rows;
        rows = 0;
        to.stream().write(length(to.bytes() - start));
    }

    private static byte[] length(long bytes) {
        return ByteBuffer.allocate(Long.BYTES).putLong(bytes).array();
    }

    /// There is one part at least, or no one would know the columns.
    @Override
    public void close() throws IOException {
        if (rows > 0 || to.bytes() == 0) {
            end();
        }
    }

    @Override
    public void join(DraftFile whole) throws IOException {
        var options = ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
        try (var writer =
                new ParquetFileWriter(
                        new ParquetOutput(whole),
                        ParquetRows.schema(columns),
                        ParquetFileWriter.Mode.CREATE,
                        ParquetRows.ROW_GROUP,
                        0)) {
            writer.start();
            for (ParquetPart each : all()) {
                try (var reader = ParquetFileReader.open(each, options)) {
                    reader.appendTo(writer);
                }
            }
            writer.end(Map.of());
        }
    }

    /// By the length behind each, from the last to the first.
    private Deque<ParquetPart> all() throws IOException {
        Deque<ParquetPart> all = new ArrayDeque<>();
        try (var channel = to.readable()) {
            long end = to.bytes();
            while (end > 0) {
                var length = ByteBuffer.allocate(Long.BYTES);
                channel.read(length, end - Long.BYTES);
                long bytes = length.flip().getLong();
                end -= Long.BYTES + bytes;
                if (bytes <= 0 || end < 0) {
                    throw new IOException(
                            "the parts of " + to.name() + " are not what was written");
                }
                all.addFirst(new ParquetPart(to, end, bytes));
            }
        }
        return all;
    }
}
