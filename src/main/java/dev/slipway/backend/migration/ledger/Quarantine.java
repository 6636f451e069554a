package dev.slipway.backend.migration.ledger;

import dev.slipway.api.migration.QuarantineReason;
import dev.slipway.api.migration.QuarantineState;
import dev.slipway.api.migration.Quarantined;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Rows that could not be converted, with what they held and what became of them.
public final class Quarantine {
    private static final String COLUMNS =
            "SELECT step, row_key, chunk, column_name, rule, reason, raw_value, raw_row, state,"
                    + " acted_by, acted_at, note, corrected, exact_row FROM ";
    private final Ledger ledger;

    public Quarantine(Ledger ledger) {
        this.ledger = ledger;
    }

    /// Adds rows, in the transaction of their chunk.
    public void add(List<Quarantined> rows) throws SQLException {
        String sql =
                "INSERT INTO "
                        + ledger.table("quarantine")
                        + " (run_id, step, row_key, chunk, column_name, rule, reason, raw_value,"
                        + " raw_row, exact_row) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        try (var statement = ledger.prepare(sql)) {
            for (Quarantined row : rows) {
                String value = row.value();
                var visible = visible(row.row());
                boolean shown = visible.equals(row.row());
                statement.setString(1, row.runId());
                statement.setString(2, row.step());
                statement.setString(3, row.key());
                statement.setInt(4, row.chunk());
                statement.setString(5, row.column());
                statement.setString(6, row.rule());
                statement.setString(7, Keys.visible(row.reason()));
                statement.setString(8, value == null ? null : Keys.visible(value));
                statement.setString(9, Keys.row(visible));
                statement.setString(10, shown ? null : Keys.exactRow(row.row()));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static Map<String, @Nullable String> visible(Map<String, @Nullable String> row) {
        Map<String, @Nullable String> visible = new java.util.LinkedHashMap<>();
        row.forEach((column, v) -> visible.put(column, v == null ? null : Keys.visible(v)));
        return visible;
    }

    /// Some rows of a run, in the order of step and key.
    ///
    /// @param which of them
    /// @param afterStep go on after this step's …
    /// @param afterKey … row of this key; both empty for the beginning
    public List<Quarantined> page(
            String runId, QuarantineFilter which, String afterStep, String afterKey, int most)
            throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        String sql =
                COLUMNS
                        + ledger.table("quarantine")
                        + " WHERE "
                        + which.where(runId, values)
                        + " AND (step > ? OR (step = ? AND row_key > ?))"
                        + " ORDER BY step, row_key LIMIT ?";
        values.addAll(List.of(afterStep, afterStep, afterKey, most));
        return ask(runId, sql, values).stream().map(Kept::row).toList();
    }

    /// A row as it is kept.
    ///
    /// @param raw what it held, with bytes that no text can hold
    public record Kept(Quarantined row, Map<String, @Nullable String> raw) {}

    /// Some rows of a step, chunk by chunk.
    ///
    /// @param after go on after this row, or null for the beginning
    public List<Kept> byChunk(
            String runId, QuarantineFilter which, @Nullable Quarantined after, int most)
            throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        String sql = COLUMNS + ledger.table("quarantine") + " WHERE " + which.where(runId, values);
        if (after != null) {
            sql += " AND (chunk > ? OR (chunk = ? AND row_key > ?))";
            values.addAll(List.of(after.chunk(), after.chunk(), after.key()));
        }
        values.add(most);
        return ask(runId, sql + " ORDER BY chunk, row_key LIMIT ?", values);
    }

    private List<Kept> ask(String runId, String sql, List<@Nullable Object> values)
            throws SQLException {
        List<Kept> rows = new ArrayList<>();
        try (var statement = ledger.prepare(sql, values.toArray());
                var row = statement.executeQuery()) {
            while (row.next()) {
                rows.add(kept(runId, row));
            }
        }
        return rows;
    }

    private static Kept kept(String runId, ResultSet row) throws SQLException {
        String at = row.getString(11);
        String corrected = row.getString(13);
        String exact = row.getString(14);
        Map<String, @Nullable String> shown = Keys.row(row.getString(8));
        return new Kept(
                new Quarantined(
                        runId,
                        row.getString(1),
                        row.getInt(3),
                        row.getString(2),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        shown,
                        QuarantineState.valueOf(row.getString(9)),
                        row.getString(10),
                        at == null ? null : Instant.parse(at),
                        row.getString(12),
                        corrected == null ? Map.of() : Keys.row(corrected)),
                exact == null ? shown : Keys.row(exact));
    }

    /// How many rows that do not stand in the target each rule refused, by reason.
    public List<Reason> reasons(String runId) throws SQLException {
        return reasons(runId, QuarantineFilter.out(""));
    }

    /// How many of some rows each rule refused, by reason, the most first.
    public List<Reason> reasons(String runId, QuarantineFilter which) throws SQLException {
        List<Reason> reasons = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        String sql =
                "SELECT step, column_name, rule, reason, count(*) FROM "
                        + ledger.table("quarantine")
                        + " WHERE "
                        + which.where(runId, values)
                        + " GROUP BY step, column_name, rule, reason"
                        + " ORDER BY 5 DESC, 1, 2, 3, 4 LIMIT 200";
        try (var statement = ledger.prepare(sql, values.toArray());
                var row = statement.executeQuery()) {
            while (row.next()) {
                reasons.add(
                        new Reason(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getLong(5)));
            }
        }
        return reasons;
    }

    /// How many rows there are of those.
    public long count(String runId, QuarantineFilter which) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        String sql =
                "SELECT count(*) FROM "
                        + ledger.table("quarantine")
                        + " WHERE "
                        + which.where(runId, values);
        try (var statement = ledger.prepare(sql, values.toArray());
                var row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /// How many rows each rule refused in each column, and what became of them; the most open ones
    /// first.
    public List<QuarantineReason> rules(String runId) throws SQLException {
        List<QuarantineReason> rules = new ArrayList<>();
        String sql =
                "SELECT step, column_name, rule, count(*),"
                        + " sum(CASE WHEN state = 'OPEN' THEN 1 ELSE 0 END),"
                        + " sum(CASE WHEN state = 'ACCEPTED' THEN 1 ELSE 0 END),"
                        + " sum(CASE WHEN state = 'RESOLVED' THEN 1 ELSE 0 END) FROM "
                        + ledger.table("quarantine")
                        + " WHERE run_id = ? GROUP BY step, column_name, rule"
                        + " ORDER BY 5 DESC, 4 DESC, 1, 2, 3";
        try (var statement = ledger.prepare(sql, runId);
                var row = statement.executeQuery()) {
            while (row.next()) {
                rules.add(
                        new QuarantineReason(
                                runId,
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6),
                                row.getLong(7)));
            }
        }
        return rules;
    }

    /// How often a rule refused a column's value for one reason.
    public record Reason(String step, String column, String rule, String reason, long rows) {}
}
