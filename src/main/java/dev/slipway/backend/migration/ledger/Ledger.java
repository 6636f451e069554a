package dev.slipway.backend.migration.ledger;

import dev.slipway.api.migration.RunState;
import dev.slipway.backend.migration.source.Extent;
import dev.slipway.backend.migration.target.Target;

import org.jspecify.annotations.Nullable;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The runs and steps that the target remembers.
///
/// The ledger stands in the target itself, so that what it says and what was done change in one
/// transaction.
public final class Ledger {
    private static final String TABLES =
            """
            CREATE TABLE IF NOT EXISTS %1$s (
                id TEXT PRIMARY KEY, plan TEXT NOT NULL, plan_hash TEXT NOT NULL,
                state TEXT NOT NULL, started_at TEXT NOT NULL, ended_at TEXT,
                finished INTEGER NOT NULL DEFAULT 0, number INTEGER NOT NULL);
            CREATE TABLE IF NOT EXISTS %2$s (
                run_id TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL,
                low_key TEXT NOT NULL, high_key TEXT NOT NULL, rows_found BIGINT NOT NULL,
                opened INTEGER NOT NULL DEFAULT 0, next_id BIGINT NOT NULL DEFAULT 1,
                seconds DOUBLE PRECISION NOT NULL DEFAULT 0,
                PRIMARY KEY (run_id, name));
            CREATE TABLE IF NOT EXISTS %3$s (
                run_id TEXT NOT NULL, step TEXT NOT NULL, number INTEGER NOT NULL,
                after_key TEXT NOT NULL, to_key TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0,
                owner TEXT NOT NULL DEFAULT '', leased_until BIGINT NOT NULL DEFAULT 0,
                first_key TEXT NOT NULL DEFAULT '[]',
                rows_read BIGINT NOT NULL DEFAULT 0, rows_written BIGINT NOT NULL DEFAULT 0,
                rows_merged BIGINT NOT NULL DEFAULT 0, rows_quarantined BIGINT NOT NULL DEFAULT 0,
                rows_skipped BIGINT NOT NULL DEFAULT 0, checksum BIGINT NOT NULL DEFAULT 0,
                seconds DOUBLE PRECISION NOT NULL DEFAULT 0,
                PRIMARY KEY (run_id, step, number));
            CREATE TABLE IF NOT EXISTS %4$s (
                run_id TEXT NOT NULL, step TEXT NOT NULL, row_key TEXT NOT NULL,
                chunk INTEGER NOT NULL, column_name TEXT NOT NULL, rule TEXT NOT NULL,
                reason TEXT NOT NULL, raw_value TEXT, raw_row TEXT NOT NULL,
                PRIMARY KEY (run_id, step, row_key));
            CREATE TABLE IF NOT EXISTS %5$s (
                step TEXT%9$s NOT NULL, name TEXT%9$s NOT NULL, natural_key TEXT%9$s NOT NULL,
                target_key TEXT NOT NULL, origin TEXT NOT NULL,
                PRIMARY KEY (step, name, natural_key))%7$s;
            CREATE TABLE IF NOT EXISTS %8$s (
                run_id TEXT NOT NULL, step TEXT NOT NULL, chunk INTEGER NOT NULL,
                column_name TEXT NOT NULL, what TEXT NOT NULL, value_count BIGINT NOT NULL,
                PRIMARY KEY (run_id, step, chunk, column_name, what));
            CREATE TABLE IF NOT EXISTS %6$s (
                run_id TEXT NOT NULL, step TEXT NOT NULL, name TEXT NOT NULL,
                position INTEGER NOT NULL, passed INTEGER NOT NULL, source TEXT NOT NULL,
                target TEXT NOT NULL, detail TEXT,
                PRIMARY KEY (run_id, step, name));
            """;

    private static final List<String> FORGOTTEN =
            List.of(
                    "step",
                    "chunk",
                    "quarantine",
                    "remark",
                    "validation",
                    "correction",
                    "plan_change",
                    "replay");

    private final Target target;
    private final InstantSource clock;

    public Ledger(Target target, InstantSource clock) {
        this.target = target;
        this.clock = clock;
    }

    /// Makes the ledger's tables where they are not there.
    public void prepare() throws SQLException {
        make();
        target.connection().commit();
    }

    /// Makes them within the transaction.
    public void make() throws SQLException {
        if (!target.ledgerHome().isEmpty()) {
            target.run(target.ledgerHome());
        }
        target.run(
                TABLES.formatted(
                        table("run"),
                        table("step"),
                        table("chunk"),
                        table("quarantine"),
                        table("match_key"),
                        table("validation"),
                        target.dialect().equals("sqlite") ? " WITHOUT ROWID" : "",
                        table("remark"),
                        // keys are only found, never read in order: by their bytes is quickest
                        target.dialect().equals("sqlite") ? "" : " COLLATE \"C\""));
        new Additions(this).make();
    }

    /// Whether its tables are there.
    public boolean exists() throws SQLException {
        return target.hasLedger();
    }

    /// Adds what a ledger of an earlier version lacks. Commits.
    public void upgrade() throws SQLException {
        var additions = new Additions(this);
        if (!additions.there()) {
            additions.make();
        }
        target.connection().commit();
    }

    /// The latest run of a plan, whatever became of it.
    public Optional<LedgerRun> latest(String plan) throws SQLException {
        return one("plan = ? ORDER BY number DESC LIMIT 1", plan);
    }

    /// A run by its id.
    public Optional<LedgerRun> run(String id) throws SQLException {
        return one("id = ?", id);
    }

    private Optional<LedgerRun> one(String condition, String value) throws SQLException {
        String sql =
                "SELECT id, plan, plan_hash, state, key_space FROM "
                        + table("run")
                        + " WHERE "
                        + condition;
        try (var statement = prepare(sql, value);
                var row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(
                            new LedgerRun(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getString(3),
                                    RunState.valueOf(row.getString(4)),
                                    KeySpaces.mixed(row.getString(5))))
                    : Optional.empty();
        }
    }

    /// What stands before the names of a run's steps where the keys of its rows are kept.
    public String keySpace(String runId) throws SQLException {
        return new KeySpaces(this).of(runId);
    }

    /// Notes a new run. The caller commits.
    public void begin(String id, String plan, String hash) throws SQLException {
        target.oneByOne();
        update(
                "INSERT INTO "
                        + table("run")
                        + " (id, plan, plan_hash, state, started_at, number)"
                        + " SELECT ?, ?, ?, 'RUNNING', ?, coalesce(max(number), 0) + 1 FROM "
                        + table("run"),
                id,
                plan,
                hash,
                Instant.ofEpochMilli(clock.millis()).toString());
        new KeySpaces(this).begin(id);
    }

    /// Notes what became of a run. The caller commits.
    public void state(String id, RunState state) throws SQLException {
        boolean over = state != RunState.RUNNING;
        update(
                "UPDATE " + table("run") + " SET state = ?, ended_at = ? WHERE id = ?",
                state.name(),
                over ? Instant.ofEpochMilli(clock.millis()).toString() : null,
                id);
    }

    /// Whether what comes after the copy was done.
    public boolean finished(String id) throws SQLException {
        try (var statement = prepare("SELECT finished FROM " + table("run") + " WHERE id = ?", id);
                var row = statement.executeQuery()) {
            return row.next() && row.getInt(1) == 1;
        }
    }

    /// Notes that what comes after the copy was done. The caller commits.
    ///
    /// @param after what was run
    public void finish(String id, String after) throws SQLException {
        String sql = "UPDATE " + table("run") + " SET finished = 1, after_sql = ? WHERE id = ?";
        update(sql, after, id);
    }

    /// Whether the tables are as a script leaves them that an earlier run already ran.
    ///
    /// @param hash of the plan with the script: an earlier version did not keep the script itself
    public boolean keepsAfter(LedgerRun run, String after, String hash) throws SQLException {
        String sql = "SELECT finished, after_sql FROM " + table("run") + " WHERE id = ?";
        try (var statement = prepare(sql, run.id());
                var row = statement.executeQuery()) {
            if (!row.next() || row.getInt(1) != 1) {
                return false;
            }
            String known = row.getString(2);
            return known == null ? run.hash().equals(hash) : known.equals(after);
        }
    }

    /// Whether someone is at work on a run's chunks.
    public boolean atWork(String runId) throws SQLException {
        String sql =
                "SELECT 1 FROM "
                        + table("chunk")
                        + " WHERE run_id = ? AND done = 0 AND owner <> '' AND leased_until > ?";
        try (var statement = prepare(sql, runId, now());
                var row = statement.executeQuery()) {
            return row.next();
        }
    }

    /// The names of a run's steps, in their order.
    public List<String> steps(String runId) throws SQLException {
        List<String> names = new ArrayList<>();
        String sql = "SELECT name FROM " + table("step") + " WHERE run_id = ? ORDER BY position";
        try (var statement = prepare(sql, runId);
                var row = statement.executeQuery()) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    /// Ends the transaction of the target.
    public void commit() throws SQLException {
        target.connection().commit();
    }

    /// Notes a step's extent as the run begins. The caller commits.
    public void step(String runId, String name, int position, Extent extent) throws SQLException {
        update(
                "INSERT INTO "
                        + table("step")
                        + " (run_id, name, position, low_key, high_key, rows_found)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                runId,
                name,
                position,
                Keys.bound(extent.first()),
                Keys.bound(extent.last()),
                extent.rows());
    }

    /// A step of a run.
    public Optional<LedgerStep> step(String runId, String name) throws SQLException {
        String sql =
                "SELECT low_key, high_key, rows_found, opened, seconds FROM "
                        + table("step")
                        + " WHERE run_id = ? AND name = ?";
        try (var statement = prepare(sql, runId, name);
                var row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(
                            new LedgerStep(
                                    name,
                                    Keys.read(row.getString(1)),
                                    Keys.read(row.getString(2)),
                                    row.getLong(3),
                                    row.getInt(4) == 1,
                                    row.getDouble(5)))
                    : Optional.empty();
        }
    }

    /// Marks a step's chunks as planned, unless someone else already did. The caller commits.
    public boolean open(String runId, String name) throws SQLException {
        String sql =
                "UPDATE "
                        + table("step")
                        + " SET opened = 1 WHERE run_id = ? AND name = ? AND opened = 0";
        return update(sql, runId, name) == 1;
    }

    /// Adds to the time spent on a step. The caller commits.
    public void spent(String runId, String name, double seconds) throws SQLException {
        update(
                "UPDATE "
                        + table("step")
                        + " SET seconds = seconds + ? WHERE run_id = ? AND name = ?",
                seconds,
                runId,
                name);
    }

    /// Takes numbers for generated keys. The caller commits.
    ///
    /// @return the first of them
    public long take(String runId, String step, int numbers) throws SQLException {
        String where = " WHERE run_id = ? AND name = ?";
        update(
                "UPDATE " + table("step") + " SET next_id = next_id + ?" + where,
                numbers,
                runId,
                step);
        try (var statement = prepare("SELECT next_id FROM " + table("step") + where, runId, step);
                var row = statement.executeQuery()) {
            row.next();
            return row.getLong(1) - numbers;
        }
    }

    /// Forgets everything about a run but that it was. The caller commits.
    public void forget(String runId) throws SQLException {
        if (SyncProgress.begun(this, runId)) {
            new SyncProgress(this, runId).forget();
        }
        new KeySpaces(this).forget(runId, steps(runId));
        for (String each : FORGOTTEN) {
            update("DELETE FROM " + table(each) + " WHERE run_id = ?", runId);
        }
    }

    /// The ids of all runs, oldest first.
    public List<String> runs() throws SQLException {
        List<String> ids = new ArrayList<>();
        try (var statement = prepare("SELECT id FROM " + table("run") + " ORDER BY number");
                var row = statement.executeQuery()) {
            while (row.next()) {
                ids.add(row.getString(1));
            }
        }
        return ids;
    }

    String table(String name) {
        return target.ledger(name);
    }

    int update(String sql, @Nullable Object... values) throws SQLException {
        try (var statement = prepare(sql, values)) {
            return statement.executeUpdate();
        }
    }

    PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
        var statement = target.connection().prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case Integer number -> statement.setInt(i + 1, number);
                case Long number -> statement.setLong(i + 1, number);
                case Double number -> statement.setDouble(i + 1, number);
                case null -> statement.setNull(i + 1, java.sql.Types.VARCHAR);
                default -> statement.setString(i + 1, values[i].toString());
            }
        }
        return statement;
    }

    Target target() {
        return target;
    }

    long now() {
        return clock.millis();
    }

    /// This moment, as the ledger keeps it.
    String moment() {
        return Instant.ofEpochMilli(clock.millis()).toString();
    }
}
