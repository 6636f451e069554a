package dev.slipway.backend.migration.ledger;

import dev.slipway.api.migration.QuarantineReason;
import dev.slipway.api.migration.Quarantined;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Rows that could not be converted, with what they held.
public final class Quarantine {
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
                        + " raw_row) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        try (var statement = ledger.prepare(sql)) {
            for (Quarantined row : rows) {
                String value = row.value();
                statement.setString(1, row.runId());
                statement.setString(2, row.step());
                statement.setString(3, row.key());
                statement.setInt(4, row.chunk());
                statement.setString(5, row.column());
                statement.setString(6, row.rule());
                statement.setString(7, Keys.visible(row.reason()));
                statement.setString(8, value == null ? null : Keys.visible(value));
                statement.setString(9, Keys.row(visible(row.row())));
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
    /// @param only which of them
    /// @param afterStep go on after this step's …
    /// @param afterKey … row of this key; both empty for the beginning
    public List<Quarantined> page(
            String runId, Only only, String afterStep, String afterKey, int most)
            throws SQLException {
        List<Quarantined> rows = new ArrayList<>();
        String sql =
                "SELECT step, row_key, chunk, column_name, rule, reason, raw_value, raw_row FROM "
                        + ledger.table("quarantine")
                        + " WHERE run_id = ? AND (? = '' OR step = ?)"
                        + " AND (CAST(? AS TEXT) IS NULL OR column_name = ?) AND (? = '' OR rule = ?)"
                        + " AND (step > ? OR (step = ? AND row_key > ?))"
                        + " ORDER BY step, row_key LIMIT ?";
        try (var statement =
                        ledger.prepare(
                                sql,
                                runId,
                                only.step(),
                                only.step(),
                                only.column(),
                                only.column(),
                                only.rule(),
                                only.rule(),
                                afterStep,
                                afterStep,
                                afterKey,
                                most);
                var row = statement.executeQuery()) {
            while (row.next()) {
                rows.add(
                        new Quarantined(
                                runId,
                                row.getString(1),
                                row.getInt(3),
                                row.getString(2),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                row.getString(7),
                                Keys.row(row.getString(8))));
            }
        }
        return rows;
    }

    /// How many rows each rule refused.
    public List<Reason> reasons(String runId) throws SQLException {
        List<Reason> reasons = new ArrayList<>();
        String sql =
                "SELECT step, column_name, rule, reason, count(*) FROM "
                        + ledger.table("quarantine")
                        + " WHERE run_id = ? GROUP BY step, column_name, rule, reason"
                        + " ORDER BY 5 DESC, 1, 2, 3, 4 LIMIT 200";
        try (var statement = ledger.prepare(sql, runId);
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
    public long count(String runId, Only only) throws SQLException {
        return rules(runId).stream().filter(only::holds).mapToLong(QuarantineReason::rows).sum();
    }

    /// How many rows each rule refused in each column, the most first.
    public List<QuarantineReason> rules(String runId) throws SQLException {
        List<QuarantineReason> rules = new ArrayList<>();
        String sql =
                "SELECT step, column_name, rule, count(*) FROM "
                        + ledger.table("quarantine")
                        + " WHERE run_id = ? GROUP BY step, column_name, rule"
                        + " ORDER BY 4 DESC, 1, 2, 3";
        try (var statement = ledger.prepare(sql, runId);
                var row = statement.executeQuery()) {
            while (row.next()) {
                rules.add(
                        new QuarantineReason(
                                runId,
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getLong(4)));
            }
        }
        return rules;
    }

    /// Some of the rows.
    ///
    /// @param step of this step, or empty for all
    /// @param column of this column; empty for rows refused as a whole; null for all
    /// @param rule refused by this rule, or empty for all
    public record Only(String step, @Nullable String column, String rule) {
        /// Whether it asks for whole steps, whatever was refused in them.
        public boolean ofSteps() {
            return column == null && rule.isEmpty();
        }

        boolean holds(QuarantineReason reason) {
            return (step.isEmpty() || step.equals(reason.step()))
                    && (column == null || column.equals(reason.column()))
                    && (rule.isEmpty() || rule.equals(reason.rule()));
        }
    }

    /// How often a rule refused a column's value for one reason.
    public record Reason(String step, String column, String rule, String reason, long rows) {}
}
