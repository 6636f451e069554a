package dev.slipway.backend.migration.ledger;

import java.sql.SQLException;

/// How long the longest single read of the source took, per step of a run, in milliseconds: as long
/// may a MyISAM table have been locked.
public final class LongestReads {
    private final Ledger ledger;

    public LongestReads(Ledger ledger) {
        this.ledger = ledger;
    }

    /// @param chunk of a chunk's rows
    /// @param check of a check
    public record Longest(long chunk, long check) {
        static final Longest NONE = new Longest(0, 0);
    }

    /// A chunk was read. The caller commits.
    public void chunk(String runId, String step, long millis) throws SQLException {
        raise("longest_read_millis", runId, step, millis);
    }

    /// A check read. The caller commits.
    public void check(String runId, String step, long millis) throws SQLException {
        raise("longest_check_millis", runId, step, millis);
    }

    private void raise(String column, String runId, String step, long millis) throws SQLException {
        ledger.update(
                "UPDATE %s SET %s = ? WHERE run_id = ? AND name = ? AND %s < ?"
                        .formatted(ledger.table("step"), column, column),
                millis,
                runId,
                step,
                millis);
    }

    public Longest of(String runId, String step) throws SQLException {
        String sql =
                "SELECT longest_read_millis, longest_check_millis FROM "
                        + ledger.table("step")
                        + " WHERE run_id = ? AND name = ?";
        try (var statement = ledger.prepare(sql, runId, step);
                var row = statement.executeQuery()) {
            return row.next() ? new Longest(row.getLong(1), row.getLong(2)) : Longest.NONE;
        }
    }
}
