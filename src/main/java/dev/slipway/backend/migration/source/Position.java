package dev.slipway.backend.migration.source;

/// Where a source's own log of changes stood: what came later is a sync's to bring.
///
/// @param file of the binlog; empty if it is not known
/// @param offset in that file, in bytes
/// @param gtid the transactions up to there as the engine writes them; empty if it keeps none
/// @param unknown why the position is not known, for a person; empty if it is
public record Position(String file, long offset, String gtid, String unknown) {

    /// No position, and why.
    public static Position unknown(String why) {
        return new Position("", 0, "", why);
    }

    /// Whether a sync can begin here.
    public boolean known() {
        return unknown.isEmpty();
    }
}
