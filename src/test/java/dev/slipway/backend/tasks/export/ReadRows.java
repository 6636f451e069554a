package dev.slipway.backend.tasks.export;

import dev.slipway.backend.tasks.export.file.Column;
import dev.slipway.backend.tasks.export.source.RowSink;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What a source told and passed on.
final class ReadRows implements RowSink {
    final List<String> values = new ArrayList<>();

    private final int column;
    private final int patience;
    private long total = -1;
    private int skipped;

    /// @param column whose values are kept, counted from 0
    ReadRows(int column) {
        this(column, Integer.MAX_VALUE);
    }

    private ReadRows(int column, int patience) {
        this.column = column;
        this.patience = patience;
    }

    /// @param patience after how many skipped rows nothing more is wanted
    static ReadRows impatient(int patience) {
        return new ReadRows(0, patience);
    }

    long total() {
        return total;
    }

    int skippedRows() {
        return skipped;
    }

    @Override
    public void begin(List<Column> columns, long expected, Instant asOf) {
        total = expected;
    }

    @Override
    public boolean skipped() {
        skipped++;
        return skipped < patience;
    }

    @Override
    public boolean row(@Nullable Object[] row) {
        values.add(String.valueOf(row[column]));
        return true;
    }
}
