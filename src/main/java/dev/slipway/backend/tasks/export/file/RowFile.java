package dev.slipway.backend.tasks.export.file;

import dev.slipway.api.tasks.ExportFormat;
import dev.slipway.backend.tasks.export.file.Column.DoesNotFit;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;

/// Writes rows in one form. Closing it writes what a form has at its end.
public interface RowFile extends AutoCloseable {
    /// @param values one for each column, in their order
    void write(@Nullable Object[] values) throws IOException, DoesNotFit;

    /// Hands all rows so far to the draft.
    ///
    /// @return false if another can't go on from here: it can from where this said true before
    boolean settle() throws IOException;

    @Override
    void close() throws IOException;

    /// Begins a file.
    static RowFile begin(ExportFormat format, List<Column> columns, DraftFile to)
            throws IOException {
        return switch (format) {
            case CSV -> new CsvRows(columns, to);
            case JSON_LINES -> new JsonLines(columns, to);
            case PARQUET -> new ParquetParts(columns, to);
        };
    }

    /// Goes on with a file of which rows are there.
    ///
    /// @param rows so many
    static RowFile goOn(ExportFormat format, List<Column> columns, DraftFile to, long rows)
            throws IOException {
        return switch (format) {
            case CSV -> CsvRows.goOn(columns, to);
            case JSON_LINES -> new JsonLines(columns, to);
            case PARQUET -> ParquetParts.goOn(columns, to, rows);
        };
    }
}
