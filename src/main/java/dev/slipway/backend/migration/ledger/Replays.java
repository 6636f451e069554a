package dev.slipway.backend.migration.ledger;

import com.fasterxml.jackson.core.type.TypeReference;

import dev.slipway.api.migration.Quarantined;
import dev.slipway.api.migration.Replayed;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The replays of a run: what each came to is counted in the transactions of its rows. The caller
/// commits.
public final class Replays {
    private static final int REASONS = 50;
    private static final TypeReference<List<Replayed.Refusal>> REFUSALS = new TypeReference<>() {};
    private final Ledger ledger;

    public Replays(Ledger ledger) {
        this.ledger = ledger;
    }

    /// Begins a transaction that changes rows of a run: whoever else changes them waits, and until
    /// its checks are done again the run is not what it was.
    public void hold(String runId) throws SQLException {
        ledger.update(
                "UPDATE "
                        + ledger.table("run")
                        + " SET state = 'RUNNING', ended_at = NULL WHERE id = ?",
                runId);
    }

    /// Notes a new replay, and holds the run while it takes its number.
    ///
    /// @return its number
    public int begin(String runId, String by, long wanted, boolean planChanged)
            throws SQLException {
        hold(runId);
        String table = ledger.table("replay");
        ledger.update(
                "INSERT INTO "
                        + table
                        + " (run_id, number, started_by, started_at, plan_changed, wanted)"
                        + " SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ?, ? FROM "
                        + table
                        + " WHERE run_id = ?",
                runId,
                by,
                ledger.moment(),
                planChanged ? 1 : 0,
                wanted,
                runId);
        return latest(runId);
    }

    private int latest(String runId) throws SQLException {
        String sql = "SELECT max(number) FROM " + ledger.table("replay") + " WHERE run_id = ?";
        try (var statement = ledger.prepare(sql, runId);
                var row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    /// Adds some rows to what a replay came to.
    ///
    /// @param counts of the rows
    /// @param kept how many were taken from the kept raw row
    /// @param refused those that stay open
    public void add(String runId, int number, Counts counts, long kept, List<Quarantined> refused)
            throws SQLException {
        Replayed before = find(runId, number);
        ledger.update(
                "UPDATE "
                        + ledger.table("replay")
                        + " SET written = ?, merged = ?, skipped = ?, refused = ?, kept = ?,"
                        + " refusals = ? WHERE run_id = ? AND number = ?",
                before.written() + counts.written(),
                before.merged() + counts.merged(),
                before.skipped() + counts.skipped(),
                before.refused() + counts.quarantined(),
                before.kept() + kept,
                LedgerJson.write(with(before.refusals(), refused)),
                runId,
                number);
    }

    private static List<Replayed.Refusal> with(
            List<Replayed.Refusal> before, List<Quarantined> refused) {
        Map<List<String>, Long> rows = new LinkedHashMap<>();
        before.forEach(
                r -> rows.put(List.of(r.step(), r.column(), r.rule(), r.reason()), r.rows()));
        refused.forEach(
                r ->
                        rows.merge(
                                List.of(r.step(), r.column(), r.rule(), r.reason()),
                                1L,
                                Long::sum));
        return rows.entrySet().stream()
                .map(
                        e ->
                                new Replayed.Refusal(
                                        e.getKey().get(0),
                                        e.getKey().get(1),
                                        e.getKey().get(2),
                                        e.getKey().get(3),
                                        e.getValue()))
                .sorted(Comparator.comparingLong(Replayed.Refusal::rows).reversed())
                .limit(REASONS)
                .toList();
    }

    /// Notes that a replay is over.
    public void end(String runId, int number) throws SQLException {
        ledger.update(
                "UPDATE "
                        + ledger.table("replay")
                        + " SET ended_at = ? WHERE run_id = ? AND number = ?",
                ledger.moment(),
                runId,
                number);
    }

    /// A replay by its number.
    public Replayed find(String runId, int number) throws SQLException {
        return all(runId).stream().filter(r -> r.number() == number).findFirst().orElseThrow();
    }

    /// All replays of a run, the latest first.
    public List<Replayed> all(String runId) throws SQLException {
        List<Replayed> all = new ArrayList<>();
        String sql =
                "SELECT number, started_by, started_at, ended_at, wanted, written, merged, skipped,"
                        + " refused, kept, plan_changed, refusals FROM "
                        + ledger.table("replay")
                        + " WHERE run_id = ? ORDER BY number DESC";
        try (var statement = ledger.prepare(sql, runId);
                var row = statement.executeQuery()) {
            while (row.next()) {
                all.add(replayed(runId, row));
            }
        }
        return all;
    }

    private static Replayed replayed(String runId, ResultSet row) throws SQLException {
        String ended = row.getString(4);
        long written = row.getLong(6);
        long merged = row.getLong(7);
        long skipped = row.getLong(8);
        long refused = row.getLong(9);
        return new Replayed(
                runId,
                row.getInt(1),
                row.getString(2),
                Instant.parse(row.getString(3)),
                ended == null ? null : Instant.parse(ended),
                row.getLong(5),
                written + merged + skipped + refused,
                written,
                merged,
                skipped,
                refused,
                row.getLong(10),
                row.getInt(11) == 1,
                LedgerJson.read(row.getString(12), REFUSALS));
    }
}
