package dev.slipway.backend.migration.ledger;

import dev.slipway.backend.migration.target.Kind;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which source rows of a step wait for another step's row to come or go.
public final class Wanted {
    private final Ledger ledger;
    private final String step;

    /// @param space of the run that the step is of, by [Ledger#keySpace]
    public Wanted(Ledger ledger, String space, String step) {
        this.ledger = ledger;
        this.step = space + step;
    }

    /// A row and what it waits for.
    ///
    /// @param of the other step
    /// @param by the name of its natural key
    public record Wait(String of, String by, String natural, List<String> source) {}

    /// What some rows wait for.
    public Set<Wait> of(Collection<List<String>> keys) throws SQLException {
        Set<Wait> found = new HashSet<>();
        String sql =
                "SELECT of_step, by_key, natural_key, source_key FROM "
                        + ledger.table("wanted")
                        + " WHERE step = ? AND "
                        + ledger.target().among("source_key", Kind.TEXT);
        try (var statement = ledger.prepare(sql, step)) {
            var texts = keys.stream().map(Keys::write).toList();
            ledger.target().bindAll(statement, 2, Kind.TEXT, texts);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(
                            new Wait(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getString(3),
                                    Keys.read(row.getString(4))));
                }
            }
        }
        return found;
    }

    /// The rows that wait for some natural keys of another step.
    public Set<List<String>> waiting(String of, String by, Collection<String> naturals)
            throws SQLException {
        Set<List<String>> found = new HashSet<>();
        String sql =
                "SELECT source_key FROM "
                        + ledger.table("wanted")
                        + " WHERE step = ? AND of_step = ? AND by_key = ? AND "
                        + ledger.target().among("natural_key", Kind.TEXT);
        try (var statement = ledger.prepare(sql, step, of, by)) {
            ledger.target().bindAll(statement, 4, Kind.TEXT, naturals);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(Keys.read(row.getString(1)));
                }
            }
        }
        return found;
    }

    /// Takes some out and puts others in. The caller commits.
    public void change(Collection<Wait> gone, Collection<Wait> fresh) throws SQLException {
        String delete =
                "DELETE FROM "
                        + ledger.table("wanted")
                        + " WHERE step = ? AND of_step = ? AND by_key = ? AND natural_key = ?"
                        + " AND source_key = ?";
        run(delete, gone);
        run(
                "INSERT INTO "
                        + ledger.table("wanted")
                        + " (step, of_step, by_key, natural_key, source_key)"
                        + " VALUES (?, ?, ?, ?, ?)",
                fresh);
    }

    private void run(String sql, Collection<Wait> waits) throws SQLException {
        try (var statement = ledger.prepare(sql)) {
            for (Wait each : waits) {
                statement.setString(1, step);
                statement.setString(2, each.of());
                statement.setString(3, each.by());
                statement.setString(4, each.natural());
                statement.setString(5, Keys.write(each.source()));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
