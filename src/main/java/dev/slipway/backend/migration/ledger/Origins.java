package dev.slipway.backend.migration.ledger;

import dev.slipway.backend.migration.target.Kind;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which source row stands behind each target row of a step, where the keys alone don't tell.
public final class Origins {
    private final Ledger ledger;
    private final String step;

    /// @param space of the run that the step is of, by [Ledger#keySpace]
    public Origins(Ledger ledger, String space, String step) {
        this.ledger = ledger;
        this.step = space + step;
    }

    /// The target keys of some source rows; those that stand behind none are left out.
    public Map<List<String>, String> of(Collection<List<String>> keys) throws SQLException {
        Map<List<String>, String> found = new HashMap<>();
        select("source_key", keys.stream().map(Keys::write).toList())
                .forEach((source, target) -> found.put(Keys.read(source), target));
        return found;
    }

    /// The source rows behind some target rows, by target key.
    public Map<String, List<String>> behind(Collection<String> targets) throws SQLException {
        Map<String, List<String>> found = new HashMap<>();
        select("target_key", targets)
                .forEach((source, target) -> found.put(target, Keys.read(source)));
        return found;
    }

    private Map<String, String> select(String by, Collection<String> values) throws SQLException {
        Map<String, String> found = new HashMap<>();
        if (values.isEmpty()) {
            return found;
        }
        String sql =
                "SELECT source_key, target_key FROM "
                        + ledger.table("origin")
                        + " WHERE step = ? AND "
                        + ledger.target().among(by, Kind.TEXT);
        try (var statement = ledger.prepare(sql, step)) {
            ledger.target().bindAll(statement, 2, Kind.TEXT, values);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    found.put(row.getString(1), row.getString(2));
                }
            }
        }
        return found;
    }

    /// Some source keys, in the order of their text.
    ///
    /// @param after the text to go on after; empty for the beginning
    public List<String> page(String after, int most) throws SQLException {
        List<String> page = new ArrayList<>();
        String sql =
                "SELECT source_key FROM "
                        + ledger.table("origin")
                        + " WHERE step = ? AND source_key > ? ORDER BY source_key LIMIT ?";
        try (var statement = ledger.prepare(sql, step, after, most);
                var row = statement.executeQuery()) {
            while (row.next()) {
                page.add(row.getString(1));
            }
        }
        return page;
    }

    /// Notes what some source rows stand behind, and that others stand behind nothing. The caller
    /// commits.
    public void change(Map<List<String>, String> now, Collection<List<String>> gone)
            throws SQLException {
        String delete =
                "DELETE FROM " + ledger.table("origin") + " WHERE step = ? AND source_key = ?";
        try (var statement = ledger.prepare(delete)) {
            for (List<String> key : gone) {
                statement.setString(1, step);
                statement.setString(2, Keys.write(key));
                statement.addBatch();
            }
            statement.executeBatch();
        }
        String insert =
                "INSERT INTO "
                        + ledger.table("origin")
                        + " (step, source_key, target_key) VALUES (?, ?, ?)"
                        + " ON CONFLICT (step, source_key) DO UPDATE SET target_key ="
                        + " excluded.target_key";
        try (var statement = ledger.prepare(insert)) {
            for (var each : now.entrySet()) {
                statement.setString(1, step);
                statement.setString(2, Keys.write(each.getKey()));
                statement.setString(3, each.getValue());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
