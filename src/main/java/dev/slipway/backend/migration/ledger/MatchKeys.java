package dev.slipway.backend.migration.ledger;

import dev.slipway.backend.migration.target.Kind;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which target row each natural key means: kept in the target, for it grows with the tables.
public final class MatchKeys {
    private static final Comparator<String[]> IN_ORDER =
            Comparator.comparing((String[] row) -> row[1]).thenComparing(row -> row[2]);
    private static final Comparator<String[]> LEAST_FIRST =
            IN_ORDER.thenComparing(row -> row[4].length()).thenComparing(row -> row[4]);
    private static final String FIRST_STAYS = "DO NOTHING";
    private static final String LEAST_STAYS =
            "(step, name, natural_key) DO UPDATE SET target_key = excluded.target_key,"
                    + " origin = excluded.origin WHERE length(excluded.origin) < length(there.origin)"
                    + " OR (length(excluded.origin) = length(there.origin)"
                    + " AND excluded.origin < there.origin)";
    private final Ledger ledger;
    private final String space;

    /// @param space of the run that the keys are of, by [Ledger#keySpace]
    public MatchKeys(Ledger ledger, String space) {
        this.ledger = ledger;
        this.space = space;
    }

    /// Adds keys in the transaction of their rows. A key that is there already keeps its row. They
    /// go in one order, so that two hands that add the same ones never wait for each other.
    public void add(String step, Collection<MatchKey> keys) throws SQLException {
        List<String[]> rows = rows(step, keys);
        rows.sort(IN_ORDER);
        add(rows, FIRST_STAYS);
    }

    /// Adds keys in the transaction of their rows. Of several rows of one key that with the least
    /// source key, a whole number, has it: whichever hand comes first, what others find is the
    /// same.
    public void addLeast(String step, Collection<MatchKey> keys) throws SQLException {
        List<String[]> rows = rows(step, keys);
        rows.sort(LEAST_FIRST);
        List<String[]> least = new ArrayList<>(rows.size());
        for (String[] row : rows) {
            if (least.isEmpty() || IN_ORDER.compare(least.getLast(), row) != 0) {
                least.add(row);
            }
        }
        add(least, LEAST_STAYS);
    }

    private List<String[]> rows(String step, Collection<MatchKey> keys) {
        List<String[]> rows = new ArrayList<>(keys.size());
        for (MatchKey key : keys) {
            rows.add(
                    new String[] {
                        space + step, key.name(), key.natural(), key.target(), key.origin()
                    });
        }
        return rows;
    }

    private void add(List<String[]> rows, String conflict) throws SQLException {
        ledger.target()
                .add(
                        ledger.table("match_key"),
                        List.of("step", "name", "natural_key", "target_key", "origin"),
                        rows,
                        conflict);
    }

    /// The keys among some that are known.
    public Map<String, MatchKey> find(String step, String name, Collection<String> natural)
            throws SQLException {
        Map<String, MatchKey> found = new HashMap<>();
        if (natural.isEmpty()) {
            return found;
        }
        String sql =
                ledger.target()
                        .find(
                                "natural_key, target_key, origin",
                                ledger.table("match_key"),
                                "step = ? AND name = ?",
                                "natural_key");
        try (var statement = ledger.prepare(sql)) {
            ledger.target().bindAll(statement, 1, Kind.TEXT, natural);
            statement.setString(2, space + step);
            statement.setString(3, name);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    String key = row.getString(1);
                    found.put(key, new MatchKey(name, key, row.getString(2), row.getString(3)));
                }
            }
        }
        return found;
    }

    /// Lets keys of one name mean other rows than before. The caller commits.
    ///
    /// @param gone keys that now mean none
    public void change(String step, String name, Collection<MatchKey> now, Collection<String> gone)
            throws SQLException {
        String delete =
                "DELETE FROM "
                        + ledger.table("match_key")
                        + " WHERE step = ? AND name = ? AND natural_key = ?";
        try (var statement = ledger.prepare(delete)) {
            for (String natural : gone) {
                statement.setString(1, space + step);
                statement.setString(2, name);
                statement.setString(3, natural);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        String insert =
                "INSERT INTO "
                        + ledger.table("match_key")
                        + " (step, name, natural_key, target_key, origin) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (step, name, natural_key) DO UPDATE SET target_key ="
                        + " excluded.target_key, origin = excluded.origin";
        try (var statement = ledger.prepare(insert)) {
            for (MatchKey key : now) {
                statement.setString(1, space + step);
                statement.setString(2, name);
                statement.setString(3, key.natural());
                statement.setString(4, key.target());
                statement.setString(5, key.origin());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /// Takes out a step's keys that no source row has any more. The caller commits.
    public void dropUnowned(String step) throws SQLException {
        ledger.update(
                "DELETE FROM "
                        + ledger.table("match_key")
                        + " AS k WHERE k.step = ? AND k.name <> '' AND NOT EXISTS (SELECT 1 FROM "
                        + ledger.table("member")
                        + " m WHERE m.step = k.step AND m.name = k.name"
                        + " AND m.natural_key = k.natural_key AND m.target_key IS NOT NULL)",
                space + step);
    }
}
