package dev.slipway.backend.migration.ledger;

import java.sql.SQLException;
import java.util.List;

/// Whose a step's keys are. Two plans may migrate into one target and both have a step of one name:
/// each run's keys stand under the step's name with the run's own number before it.
///
/// Runs of an earlier version have no number there: their keys stand under the bare names. Where
/// two of them share such a name, no one can tell whose keys those are: such runs are marked, and
/// they neither go on nor are their keys taken out.
final class KeySpaces {
    private static final String BARE = "";
    private static final String MIXED = "!";

    /// No step's name has it.
    private static final String END = "/";

    private final Ledger ledger;

    KeySpaces(Ledger ledger) {
        this.ledger = ledger;
    }

    /// What stands before the names of a run's steps where its keys are kept.
    String of(String runId) throws SQLException {
        String sql = "SELECT key_space FROM " + ledger.table("run") + " WHERE id = ?";
        try (var statement = ledger.prepare(sql, runId);
                var row = statement.executeQuery()) {
            return row.next() ? row.getString(1) : BARE;
        }
    }

    static boolean mixed(String space) {
        return space.equals(MIXED);
    }

    /// Gives a run that begins a space of its own. The caller commits.
    void begin(String runId) throws SQLException {
        ledger.update(
                "UPDATE "
                        + ledger.table("run")
                        + " SET key_space = cast(number AS TEXT) || ? WHERE id = ?",
                END,
                runId);
    }

    /// Takes out a run's keys. The caller commits.
    void forget(String runId, List<String> steps) throws SQLException {
        forget(runId, steps, List.of("match_key"));
    }

    /// Takes out what a sync of a run knows of its rows. The caller commits.
    void forgetSynced(String runId, List<String> steps) throws SQLException {
        forget(runId, steps, List.of("origin", "member", "wanted"));
    }

    private void forget(String runId, List<String> steps, List<String> tables) throws SQLException {
        String space = of(runId);
        if (mixed(space)) {
            return;
        }
        for (String table : tables) {
            for (String step : steps) {
                ledger.update(
                        "DELETE FROM " + ledger.table(table) + " WHERE step = ?", space + step);
            }
        }
    }

    /// Marks the runs of an earlier version that share a step's name with another plan's, and kept
    /// keys under it. The caller commits.
    void mark() throws SQLException {
        ledger.update(
                """
                UPDATE %1$s AS r SET key_space = '!' WHERE key_space = '' AND EXISTS (
                    SELECT 1 FROM %2$s s JOIN %2$s o ON o.name = s.name AND o.run_id <> s.run_id
                    JOIN %1$s other ON other.id = o.run_id
                    WHERE s.run_id = r.id AND other.plan <> r.plan AND other.key_space IN ('', '!')
                        AND (r.synced_since IS NOT NULL OR other.synced_since IS NOT NULL
                            OR EXISTS (SELECT 1 FROM %3$s k WHERE k.step = s.name)))
                """
                        .formatted(
                                ledger.table("run"),
                                ledger.table("step"),
                                ledger.table("match_key")));
    }
}
