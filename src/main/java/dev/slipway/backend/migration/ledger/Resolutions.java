package dev.slipway.backend.migration.ledger;

import dev.slipway.api.migration.Quarantined;

import java.sql.SQLException;
import java.util.List;

/// What a replay makes of rows in quarantine, in the transaction of the rows.
public final class Resolutions {
    private final Ledger ledger;

    public Resolutions(Ledger ledger) {
        this.ledger = ledger;
    }

    /// Notes that rows are accounted for in the target.
    ///
    /// @param note how
    public void resolve(List<Quarantined> rows, String by, String note) throws SQLException {
        String sql =
                "UPDATE "
                        + ledger.table("quarantine")
                        + " SET state = 'RESOLVED', acted_by = ?, acted_at = ?, note = ?"
                        + " WHERE run_id = ? AND step = ? AND row_key = ? AND state = 'OPEN'";
        for (Quarantined row : rows) {
            int changed =
                    ledger.update(
                            sql, by, ledger.moment(), note, row.runId(), row.step(), row.key());
            if (changed != 1) {
                throw new IllegalStateException(
                        row.step() + " " + row.key() + " was resolved by someone else");
            }
        }
    }

    /// Notes why rows stay open.
    public void refuse(List<Quarantined> rows) throws SQLException {
        String sql =
                "UPDATE "
                        + ledger.table("quarantine")
                        + " SET column_name = ?, rule = ?, reason = ?, raw_value = ?"
                        + " WHERE run_id = ? AND step = ? AND row_key = ? AND state = 'OPEN'";
        for (Quarantined row : rows) {
            String value = row.value();
            ledger.update(
                    sql,
                    row.column(),
                    row.rule(),
                    Keys.visible(row.reason()),
                    value == null ? null : Keys.visible(value),
                    row.runId(),
                    row.step(),
                    row.key());
        }
    }
}
