package dev.slipway.backend.tasks.export.source;

import dev.slipway.backend.tasks.export.file.Column;
import dev.slipway.backend.tasks.export.file.Column.DoesNotFit;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/// Takes what a source reads.
public interface RowSink {
    /// Called once, before the first row.
    ///
    /// @param total how many rows there are, with those that are skipped
    /// @param asOf taken before the view of the database was: all that was committed by then is in
    ///   it
    void begin(List<Column> columns, long total, Instant asOf) throws IOException;

    /// A row that was to be skipped was read past.
    ///
    /// @return false to stop: nothing more is wanted
    boolean skipped();

    /// @param values one for each column
    /// @return false to stop: nothing more is wanted
    boolean row(@Nullable Object[] values) throws IOException, DoesNotFit;
}
