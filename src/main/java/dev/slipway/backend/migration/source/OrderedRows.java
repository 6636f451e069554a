package dev.slipway.backend.migration.source;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.List;

/// Rows range by range, in the order of their keys. Where an index serves that order each range is
/// a short read. Where none does, each would go through all rows and sort them, so they are read
/// once, to their end, and kept on this machine's disk: the ranges are then cut from what stands
/// there.
///
/// That one read holds a MyISAM table's lock for as long as a range's read would, and for as long
/// as it takes to send the rows besides; but once, not once for each chunk. While the rows are
/// worked at nothing is held, however long that takes. They are as they were when they were read.
public final class OrderedRows implements AutoCloseable {
    private final Source source;
    private @Nullable Spool spool;

    public OrderedRows(Source source) {
        this.source = source;
    }

    /// The first rows of a range. Ranges that end alike are cut from one pass, so let them all end
    /// where the last one does.
    ///
    /// @param limit rows at most
    public List<@Nullable String[]> read(Reading reading, KeyRange range, int limit)
            throws SQLException {
        if (!reading.scanned()) {
            return source.read(reading, range, limit);
        }
        List<@Nullable String[]> rows = kept(reading, range, limit);
        if (rows == null) {
            close();
            spool = Spool.of(source, reading, range);
            rows = kept(reading, range, limit);
        }
        return rows == null ? List.of() : rows;
    }

    private @Nullable List<@Nullable String[]> kept(Reading reading, KeyRange range, int limit)
            throws SQLException {
        return spool != null && spool.holds(reading, range)
                ? spool.read(range.after(), limit)
                : null;
    }

    /// All rows of a range that was read before.
    ///
    /// @param high the largest key of all ranges that are asked for
    /// @param rows that it held then
    public List<@Nullable String[]> all(
            Reading reading, KeyRange range, List<String> high, long rows) throws SQLException {
        if (reading.scanned() && rows < Integer.MAX_VALUE) {
            var open = new KeyRange(range.after(), high);
            List<@Nullable String[]> found = read(reading, open, (int) rows);
            if (!found.isEmpty() && reading.keyOf(found.getLast()).equals(range.to())) {
                return found;
            }
        }
        return source.read(reading, range, Integer.MAX_VALUE);
    }

    /// The last row up to a key, or null if there is none.
    public @Nullable String @Nullable [] last(Reading reading, List<String> key)
            throws SQLException {
        @Nullable String @Nullable [] kept = spool == null ? null : spool.last(key);
        return kept == null ? source.last(reading, key) : kept;
    }

    @Override
    public void close() throws SQLException {
        if (spool != null) {
            spool.close();
            spool = null;
        }
    }
}
