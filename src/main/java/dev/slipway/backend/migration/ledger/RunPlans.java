package dev.slipway.backend.migration.ledger;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;

/// The text of the plan that each run goes by, and who changed it. The caller commits.
public final class RunPlans {
    private final Ledger ledger;

    public RunPlans(Ledger ledger) {
        this.ledger = ledger;
    }

    /// Keeps the text of a run's plan.
    public void keep(String runId, String yaml) throws SQLException {
        ledger.update(
                "UPDATE " + ledger.table("run") + " SET plan_yaml = ? WHERE id = ?", yaml, runId);
    }

    /// The text of a run's plan, or null if the run is of a version that did not keep it.
    public @Nullable String text(String runId) throws SQLException {
        String sql = "SELECT plan_yaml FROM " + ledger.table("run") + " WHERE id = ?";
        try (var statement = ledger.prepare(sql, runId);
                var row = statement.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }

    /// Lets a run go by another plan from now on.
    ///
    /// @param from the hash of the plan that it must still go by
    /// @return false if it goes by another one; nothing was changed then
    public boolean change(String runId, String from, String to, String yaml, String by)
            throws SQLException {
        int changed =
                ledger.update(
                        "UPDATE "
                                + ledger.table("run")
                                + " SET plan_hash = ?, plan_yaml = ?"
                                + " WHERE id = ? AND plan_hash = ?",
                        to,
                        yaml,
                        runId,
                        from);
        if (changed == 0) {
            return false;
        }
        String table = ledger.table("plan_change");
        ledger.update(
                "INSERT INTO "
                        + table
                        + " (run_id, number, from_hash, to_hash, changed_by, changed_at)"
                        + " SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ?, ? FROM "
                        + table
                        + " WHERE run_id = ?",
                runId,
                from,
                to,
                by,
                ledger.moment(),
                runId);
        return true;
    }
}
