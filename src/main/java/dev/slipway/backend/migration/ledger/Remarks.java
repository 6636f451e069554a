package dev.slipway.backend.migration.ledger;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What was unusual about the values of each chunk.
public final class Remarks {
    private final Ledger ledger;

    public Remarks(Ledger ledger) {
        this.ledger = ledger;
    }

    /// Adds a chunk's remarks, in the transaction of its rows.
    public void add(Lease chunk, List<Remark> remarks) throws SQLException {
        String sql =
                "INSERT INTO "
                        + ledger.table("remark")
                        + " (run_id, step, chunk, column_name, what, value_count)"
                        + " VALUES (?, ?, ?, ?, ?, ?)";
        try (var statement = ledger.prepare(sql)) {
            for (Remark remark : remarks) {
                statement.setString(1, chunk.runId());
                statement.setString(2, chunk.step());
                statement.setInt(3, chunk.number());
                statement.setString(4, remark.column());
                statement.setString(5, Keys.visible(remark.what()));
                statement.setLong(6, remark.rows());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /// What was remarked in a whole run.
    public List<StepRemark> all(String runId) throws SQLException {
        List<StepRemark> all = new ArrayList<>();
        String sql =
                "SELECT step, column_name, what, sum(value_count) FROM "
                        + ledger.table("remark")
                        + " WHERE run_id = ? GROUP BY step, column_name, what"
                        + " ORDER BY step, column_name, 4 DESC, what";
        try (var statement = ledger.prepare(sql, runId);
                var row = statement.executeQuery()) {
            while (row.next()) {
                all.add(
                        new StepRemark(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getLong(4)));
            }
        }
        return all;
    }

    /// A remark with its step.
    public record StepRemark(String step, String column, String what, long values) {}
}
