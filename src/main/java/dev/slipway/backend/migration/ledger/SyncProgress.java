package dev.slipway.backend.migration.ledger;

import dev.slipway.backend.migration.source.Position;

import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How far a run's sync is. It changes in the transaction of the rows.
public final class SyncProgress {
    private final Ledger ledger;
    private final String runId;

    public SyncProgress(Ledger ledger, String runId) {
        this.ledger = ledger;
        this.runId = runId;
    }

    /// How far.
    ///
    /// @param position in the source's log: everything before it is applied
    /// @param changes rows that the log named so far
    /// @param looked whether every step was read whole once
    /// @param currentAt when the target last was what the source was; the epoch if it never was
    /// @param verifiedAt when rows were last compared and were equal; the epoch if they never were
    /// @param wholeAt when the last row of every step had been compared; the epoch if that never
    ///   was
    /// @param rows of the target that were written
    public record State(
            Position position,
            Instant sourceTime,
            long changes,
            boolean looked,
            Instant currentAt,
            Instant verifiedAt,
            Instant wholeAt,
            Rows rows) {}

    /// Rows of the target that a sync has written.
    public record Rows(long inserted, long updated, long deleted) {}

    /// A step that is to be read whole.
    ///
    /// @param back whether its source rows are all read, and what is gone is looked for
    /// @param after how far
    public record Whole(String step, boolean back, List<String> after) {}

    public Optional<State> state() throws SQLException {
        String sql =
                "SELECT file, log_offset, gtid, source_millis, changes, looked, current_at,"
                        + " verified_at, whole_at, inserted, updated, deleted FROM "
                        + ledger.table("sync")
                        + " WHERE run_id = ?";
        try (var statement = ledger.prepare(sql, runId);
                var row = statement.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            var position = new Position(row.getString(1), row.getLong(2), row.getString(3), "");
            return Optional.of(
                    new State(
                            position,
                            Instant.ofEpochMilli(row.getLong(4)),
                            row.getLong(5),
                            row.getInt(6) == 1,
                            Instant.ofEpochMilli(row.getLong(7)),
                            Instant.ofEpochMilli(row.getLong(8)),
                            Instant.ofEpochMilli(row.getLong(9)),
                            new Rows(row.getLong(10), row.getLong(11), row.getLong(12))));
        }
    }

    /// Whether a sync has gone on with a run: then what its chunks wrote is no longer what stands.
    public static boolean begun(Ledger ledger, String runId) throws SQLException {
        String sql =
                "SELECT 1 FROM "
                        + ledger.table("run")
                        + " WHERE id = ? AND synced_since IS NOT NULL";
        try (var statement = ledger.prepare(sql, runId);
                var row = statement.executeQuery()) {
            return row.next();
        }
    }

    /// Begins, or begins anew: every step is to be read whole. The caller commits.
    public void begin(Position position, List<String> steps) throws SQLException {
        if (state().isEmpty()) {
            forgetRows(steps);
        }
        ledger.update(
                "UPDATE " + ledger.table("run") + " SET synced_since = ? WHERE id = ?",
                Instant.ofEpochMilli(ledger.now()).toString(),
                runId);
        for (String table : List.of("sync", "sync_step")) {
            ledger.update("DELETE FROM " + ledger.table(table) + " WHERE run_id = ?", runId);
        }
        ledger.update(
                "INSERT INTO "
                        + ledger.table("sync")
                        + " (run_id, file, log_offset, gtid, source_millis, changes)"
                        + " VALUES (?, ?, ?, ?, 0, 0)",
                runId,
                position.file(),
                position.offset(),
                position.gtid());
        for (String step : steps) {
            whole(step);
        }
    }

    /// Forgets how far it is, and what it knows of the rows: whoever syncs can't go on. The caller
    /// commits.
    void forget() throws SQLException {
        for (String table : List.of("sync", "sync_step")) {
            ledger.update("DELETE FROM " + ledger.table(table) + " WHERE run_id = ?", runId);
        }
        forgetRows(ledger.steps(runId));
    }

    private void forgetRows(List<String> steps) throws SQLException {
        new KeySpaces(ledger).forgetSynced(runId, steps);
    }

    /// Notes that a step is to be read whole, from its beginning. The caller commits.
    public void whole(String step) throws SQLException {
        ended(step);
        ledger.update(
                "INSERT INTO " + ledger.table("sync_step") + " (run_id, step) VALUES (?, ?)",
                runId,
                step);
    }

    /// Notes how far a step is read. The caller commits.
    public void read(Whole step) throws SQLException {
        ledger.update(
                "UPDATE "
                        + ledger.table("sync_step")
                        + " SET back = ?, after_key = ? WHERE run_id = ? AND step = ?",
                step.back() ? 1 : 0,
                Keys.write(step.after()),
                runId,
                step.step());
    }

    /// Notes that a step is read. The caller commits.
    public void ended(String step) throws SQLException {
        ledger.update(
                "DELETE FROM " + ledger.table("sync_step") + " WHERE run_id = ? AND step = ?",
                runId,
                step);
    }

    /// The steps that are to be read whole.
    public Map<String, Whole> open() throws SQLException {
        Map<String, Whole> open = new LinkedHashMap<>();
        String sql =
                "SELECT step, back, after_key FROM "
                        + ledger.table("sync_step")
                        + " WHERE run_id = ?";
        try (var statement = ledger.prepare(sql, runId);
                var row = statement.executeQuery()) {
            while (row.next()) {
                String step = row.getString(1);
                open.put(step, new Whole(step, row.getInt(2) == 1, Keys.read(row.getString(3))));
            }
        }
        return open;
    }

    /// Goes on in the source's log. The caller commits.
    ///
    /// @return false if someone else went on meanwhile: then the transaction must be undone
    public boolean advance(Position from, Position to, Instant sourceTime, long changes)
            throws SQLException {
        return ledger.update(
                        "UPDATE "
                                + ledger.table("sync")
                                + " SET file = ?, log_offset = ?, gtid = ?, source_millis = ?,"
                                + " changes = changes + ?"
                                + " WHERE run_id = ? AND file = ? AND log_offset = ?",
                        to.file(),
                        to.offset(),
                        to.gtid(),
                        sourceTime.toEpochMilli(),
                        changes,
                        runId,
                        from.file(),
                        from.offset())
                == 1;
    }

    /// Notes what was written. The caller commits.
    public void wrote(Rows rows) throws SQLException {
        ledger.update(
                "UPDATE "
                        + ledger.table("sync")
                        + " SET inserted = inserted + ?, updated = updated + ?,"
                        + " deleted = deleted + ? WHERE run_id = ?",
                rows.inserted(),
                rows.updated(),
                rows.deleted(),
                runId);
    }

    /// Notes that every step was read whole. The caller commits.
    public void looked() throws SQLException {
        ledger.update("UPDATE " + ledger.table("sync") + " SET looked = 1 WHERE run_id = ?", runId);
    }

    /// Notes when the target was what the source was. The caller commits.
    public void current(Instant at) throws SQLException {
        note("current_at", at);
    }

    /// Notes when rows were compared and were equal. The caller commits.
    public void verified(Instant at) throws SQLException {
        note("verified_at", at);
    }

    /// Notes when the last row of every step had been compared. The caller commits.
    public void whole(Instant at) throws SQLException {
        note("whole_at", at);
    }

    private void note(String column, Instant at) throws SQLException {
        ledger.update(
                "UPDATE " + ledger.table("sync") + " SET " + column + " = ? WHERE run_id = ?",
                at.toEpochMilli(),
                runId);
    }
}
