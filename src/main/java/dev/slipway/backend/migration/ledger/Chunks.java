package dev.slipway.backend.migration.ledger;

import dev.slipway.api.migration.Chunk;
import dev.slipway.backend.migration.source.KeyRange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The chunks that the target remembers, and who works at which.
public final class Chunks {
    /// How long a worker may be silent before another takes its chunk. Both may then work at it,
    /// but only one can end it.
    private static final long LEASE_MILLIS = 60_000;

    private static final int CANDIDATES = 50;

    private final Ledger ledger;
    private final Worker worker;

    public Chunks(Ledger ledger, Worker worker) {
        this.ledger = ledger;
        this.worker = worker;
    }

    /// Plans a chunk. The caller commits.
    public void plan(String runId, String step, int number, KeyRange range) throws SQLException {
        ledger.update(
                "INSERT INTO "
                        + ledger.table("chunk")
                        + " (run_id, step, number, after_key, to_key) VALUES (?, ?, ?, ?, ?)",
                runId,
                step,
                number,
                Keys.bound(range.after()),
                Keys.bound(range.to()));
    }

    /// Takes the next chunk that no living worker has, and commits.
    ///
    /// @param ordered whether only the very first open one may be taken
    /// @return empty if there is none: all done, or all in work
    public Optional<Lease> lease(String runId, String step, boolean ordered) throws SQLException {
        for (Open open : open(runId, step, ordered ? 1 : CANDIDATES)) {
            if (worker.free(open.owner(), open.until(), ledger.now())) {
                String owner = worker.mark();
                int taken =
                        ledger.update(
                                "UPDATE "
                                        + ledger.table("chunk")
                                        + " SET owner = ?, leased_until = ? WHERE run_id = ?"
                                        + " AND step = ? AND number = ? AND done = 0 AND owner = ?",
                                owner,
                                ledger.now() + LEASE_MILLIS,
                                runId,
                                step,
                                open.number(),
                                open.owner());
                ledger.target().connection().commit();
                if (taken == 1) {
                    return Optional.of(new Lease(runId, step, open.number(), open.range(), owner));
                }
            }
        }
        return Optional.empty();
    }

    private record Open(int number, KeyRange range, String owner, long until) {}

    private List<Open> open(String runId, String step, int most) throws SQLException {
        List<Open> found = new ArrayList<>();
        String sql =
                "SELECT number, after_key, to_key, owner, leased_until FROM "
                        + ledger.table("chunk")
                        + " WHERE run_id = ? AND step = ? AND done = 0 ORDER BY number LIMIT ?";
        try (var statement = ledger.prepare(sql, runId, step, most);
                var row = statement.executeQuery()) {
            while (row.next()) {
                var range = new KeyRange(Keys.read(row.getString(2)), Keys.read(row.getString(3)));
                found.add(new Open(row.getInt(1), range, row.getString(4), row.getLong(5)));
            }
        }
        ledger.target().connection().commit();
        return found;
    }

    /// Whether any chunk is still open. Commits.
    public boolean anyOpen(String runId, String step) throws SQLException {
        return !open(runId, step, 1).isEmpty();
    }

    /// Ends a chunk, in the transaction of its rows.
    ///
    /// @param range what it came to be: a chunk that held too much is cut short
    /// @return whether this worker still had it; if not, the transaction must be undone
    public boolean end(
            Lease lease, KeyRange range, List<String> first, Counts counts, double seconds)
            throws SQLException {
        return ledger.update(
                        "UPDATE "
                                + ledger.table("chunk")
                                + " SET done = 1, to_key = ?, first_key = ?, rows_read = ?,"
                                + " rows_written = ?, rows_merged = ?, rows_quarantined = ?,"
                                + " rows_skipped = ?, checksum = ?, seconds = ?"
                                + " WHERE run_id = ? AND step = ? AND number = ? AND done = 0"
                                + " AND owner = ?",
                        Keys.bound(range.to()),
                        Keys.write(first),
                        counts.read(),
                        counts.written(),
                        counts.merged(),
                        counts.quarantined(),
                        counts.skipped(),
                        counts.checksum(),
                        seconds,
                        lease.runId(),
                        lease.step(),
                        lease.number(),
                        lease.owner())
                == 1;
    }

    /// Corrects what became of an ended chunk's rows, in the transaction that changes it.
    ///
    /// @param change to be added; its checksum wraps around like that of a chunk
    /// @throws IllegalStateException if the chunk's rows would no longer be accounted for
    public void change(String runId, String step, int number, Counts change) throws SQLException {
        List<Done> found = done(runId, step, number, 1);
        if (found.isEmpty() || found.getFirst().number() != number) {
            throw new IllegalStateException("step %s has no chunk %d".formatted(step, number));
        }
        Counts now = found.getFirst().counts().plus(change);
        if (!now.conserved() || now.quarantined() < 0) {
            throw new IllegalStateException(
                    "step %s, chunk %d: rows are unaccounted for: %s".formatted(step, number, now));
        }
        ledger.update(
                "UPDATE "
                        + ledger.table("chunk")
                        + " SET rows_written = ?, rows_merged = ?, rows_quarantined = ?,"
                        + " rows_skipped = ?, checksum = ?"
                        + " WHERE run_id = ? AND step = ? AND number = ?",
                now.written(),
                now.merged(),
                now.quarantined(),
                now.skipped(),
                now.checksum(),
                runId,
                step,
                number);
    }

    /// The number after the last chunk's.
    public int next(String runId, String step) throws SQLException {
        String sql =
                "SELECT max(number) FROM "
                        + ledger.table("chunk")
                        + " WHERE run_id = ? AND step = ?";
        try (var statement = ledger.prepare(sql, runId, step);
                var row = statement.executeQuery()) {
            row.next();
            return row.getInt(1) + 1;
        }
    }

    /// What a step's chunks add up to so far.
    public StepTotals totals(String runId, String step) throws SQLException {
        Counts counts = Counts.NONE;
        int done = 0;
        int all = 0;
        String sql =
                "SELECT done, rows_read, rows_written, rows_merged, rows_quarantined,"
                        + " rows_skipped, checksum FROM "
                        + ledger.table("chunk")
                        + " WHERE run_id = ? AND step = ?";
        try (var statement = ledger.prepare(sql, runId, step);
                var row = statement.executeQuery()) {
            while (row.next()) {
                all++;
                if (row.getInt(1) == 1) {
                    done++;
                    counts = counts.plus(counts(row, 2));
                }
            }
        }
        return new StepTotals(counts, done, all);
    }

    private static Counts counts(ResultSet row, int at) throws SQLException {
        return new Counts(
                row.getLong(at),
                row.getLong(at + 1),
                row.getLong(at + 2),
                row.getLong(at + 3),
                row.getLong(at + 4),
                row.getLong(at + 5));
    }

    /// The ended chunks of a step, in their order, from one number on.
    public List<Done> done(String runId, String step, int from, int most) throws SQLException {
        List<Done> found = new ArrayList<>();
        String sql =
                "SELECT number, after_key, to_key, first_key, seconds, rows_read, rows_written,"
                        + " rows_merged, rows_quarantined, rows_skipped, checksum FROM "
                        + ledger.table("chunk")
                        + " WHERE run_id = ? AND step = ? AND done = 1 AND number >= ?"
                        + " ORDER BY number LIMIT ?";
        try (var statement = ledger.prepare(sql, runId, step, from, most);
                var row = statement.executeQuery()) {
            while (row.next()) {
                var range = new KeyRange(Keys.read(row.getString(2)), Keys.read(row.getString(3)));
                found.add(
                        new Done(
                                row.getInt(1),
                                range,
                                Keys.read(row.getString(4)),
                                row.getDouble(5),
                                counts(row, 6)));
            }
        }
        return found;
    }

    /// An ended chunk.
    public record Done(
            int number, KeyRange range, List<String> first, double seconds, Counts counts) {

        /// The chunk as the contract has it.
        public Chunk chunk(String runId, String step) {
            return new Chunk(
                    runId,
                    step,
                    number,
                    Keys.shown(first),
                    Keys.shown(range.to()),
                    true,
                    counts.read(),
                    counts.written(),
                    counts.merged(),
                    counts.quarantined(),
                    counts.skipped(),
                    Counts.checksum(counts.checksum()),
                    seconds);
        }
    }
}
