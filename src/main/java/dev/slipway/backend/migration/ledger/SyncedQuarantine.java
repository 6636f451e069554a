package dev.slipway.backend.migration.ledger;

import dev.slipway.api.migration.Quarantined;
import dev.slipway.backend.migration.target.Kind;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A step's quarantine as a sync keeps it: rows come and go with their source.
public final class SyncedQuarantine {
    private final Ledger ledger;
    private final String runId;
    private final String step;

    public SyncedQuarantine(Ledger ledger, String runId, String step) {
        this.ledger = ledger;
        this.runId = runId;
        this.step = step;
    }

    /// Lets some rows be those that are kept of some keys. One that is kept already, for the same
    /// reason and with the same values, is not touched, nor is one that was resolved and is not
    /// refused again: its correction goes on to count. The caller commits.
    ///
    /// @return whether anything changed
    public boolean keep(Collection<String> keys, List<Quarantined> rows) throws SQLException {
        Map<String, Quarantined> before =
                some("state <> 'RESOLVED' AND " + among(keys), keys, keys.size());
        List<Quarantined> fresh = new ArrayList<>();
        for (Quarantined row : rows) {
            Quarantined known = before.get(row.key());
            if (known != null && same(known, row)) {
                before.remove(row.key());
            } else {
                fresh.add(row);
            }
        }
        String delete =
                "DELETE FROM "
                        + ledger.table("quarantine")
                        + " WHERE run_id = ? AND step = ? AND row_key = ?";
        try (var statement = ledger.prepare(delete)) {
            Set<String> gone = new HashSet<>(before.keySet());
            fresh.forEach(row -> gone.add(row.key()));
            for (String key : gone) {
                statement.setString(1, runId);
                statement.setString(2, step);
                statement.setString(3, key);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        new Quarantine(ledger).add(fresh);
        return !before.isEmpty() || !fresh.isEmpty();
    }

    private static boolean same(Quarantined known, Quarantined row) {
        return known.column().equals(row.column())
                && known.rule().equals(row.rule())
                && known.reason().equals(Keys.visible(row.reason()))
                && shown(row.row(), known.row().keySet()).equals(known.row());
    }

    /// A row by the columns that there were when it was kept: others may have come since.
    private static Map<String, @Nullable String> shown(
            Map<String, @Nullable String> row, Set<String> columns) {
        Map<String, @Nullable String> shown = new HashMap<>();
        row.forEach((name, value) -> shown.put(name, value == null ? null : Keys.visible(value)));
        shown.keySet().retainAll(columns);
        return shown;
    }

    /// The raw rows that the target itself refused.
    public Collection<Map<String, @Nullable String>> refused(int most) throws SQLException {
        return some("rule = 'constraint'", List.of(), most).values().stream()
                .map(Quarantined::row)
                .toList();
    }

    /// The raw rows after a key, in the order of their keys.
    public Map<String, Map<String, @Nullable String>> page(String after, int most)
            throws SQLException {
        Map<String, Map<String, @Nullable String>> page = new java.util.LinkedHashMap<>();
        String sql =
                "SELECT row_key, raw_row FROM "
                        + ledger.table("quarantine")
                        + " WHERE run_id = ? AND step = ? AND row_key > ? ORDER BY row_key LIMIT ?";
        try (var statement = ledger.prepare(sql, runId, step, after, most);
                var row = statement.executeQuery()) {
            while (row.next()) {
                page.put(row.getString(1), Keys.row(row.getString(2)));
            }
        }
        return page;
    }

    private String among(Collection<String> keys) {
        return keys.isEmpty() ? "1 = 0" : ledger.target().among("row_key", Kind.TEXT);
    }

    private Map<String, Quarantined> some(String condition, Collection<String> keys, int most)
            throws SQLException {
        Map<String, Quarantined> found = new HashMap<>();
        String sql =
                "SELECT row_key, column_name, rule, reason, raw_value, raw_row, chunk FROM "
                        + ledger.table("quarantine")
                        + " WHERE run_id = ? AND step = ? AND "
                        + condition
                        + " LIMIT "
                        + Math.max(1, most);
        try (var statement = ledger.prepare(sql, runId, step)) {
            if (!keys.isEmpty()) {
                ledger.target().bindAll(statement, 3, Kind.TEXT, keys);
            }
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    String key = row.getString(1);
                    found.put(
                            key,
                            new Quarantined(
                                    runId,
                                    step,
                                    row.getInt(7),
                                    key,
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getString(5),
                                    Keys.row(row.getString(6))));
                }
            }
        }
        return found;
    }
}
