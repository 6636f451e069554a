package dev.slipway.backend.migration.source;

/// Where a source's own log of changes stood: what came later is a sync's to bring.
///
/// @param file of the binlog, or the change table's name; empty if it is not known
/// @param offset in that file, in bytes, or the number of the table's row
/// @param gtid the transactions up to there as the engine writes them; empty if it keeps none
/// @param unknown why the position is not known, for a person; empty if it is
public record Position(String file, long offset, String gtid, String unknown) {
    /// The table in an SQLite source that triggers fill; a position in it is a row's number.
    public static final String CHANGE_TABLE = "slipway_change";

    /// No position, and why.
    public static Position unknown(String why) {
        return new Position("", 0, "", why);
    }

    /// Whether a sync can begin here.
    public boolean known() {
        return unknown.isEmpty();
    }
}
