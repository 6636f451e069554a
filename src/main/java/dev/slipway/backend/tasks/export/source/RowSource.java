package dev.slipway.backend.tasks.export.source;

import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.backend.tasks.export.file.Column.DoesNotFit;

import java.io.IOException;
import java.sql.SQLException;

/// Reads the rows that a filter means, from one view of its database, in an order that is always
/// the same.
public interface RowSource {
    /// Refuses a filter that it can't follow, before anything is begun.
    ///
    /// @throws dev.slipway.backend.http.Refused saying what is wrong
    void check(ExportFilter which);

    /// What it reads by, besides the filter. A file that was begun by another query is not gone on
    /// with.
    String query();

    /// @param skip how many of the first rows are not passed on; the sink is told the total with
    ///   them, and of each that had to be read all the same
    /// @throws DoesNotFit if a row holds what its column can't
    /// @throws SQLException if its database fails
    void read(ExportFilter which, long skip, RowSink to)
            throws SQLException, IOException, DoesNotFit;
}
