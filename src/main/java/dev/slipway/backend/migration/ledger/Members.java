package dev.slipway.backend.migration.ledger;

import dev.slipway.backend.migration.target.Kind;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which source rows of a step share a natural key.
public final class Members {
    private final Ledger ledger;
    private final String step;

    /// @param space of the run that the step is of, by [Ledger#keySpace]
    public Members(Ledger ledger, String space, String step) {
        this.ledger = ledger;
        this.step = space + step;
    }

    /// A source row and one of its natural keys.
    ///
    /// @param target the key of the target row that it is part of; null if it is of none
    public record Member(
            String name, String natural, List<String> source, @Nullable String target) {}

    /// What is known of some source rows.
    public Set<Member> of(Collection<List<String>> keys) throws SQLException {
        return select("source_key", keys.stream().map(Keys::write).toList(), "");
    }

    /// The rows that share some natural keys.
    public Set<Member> sharing(String name, Collection<String> naturals) throws SQLException {
        return select("natural_key", naturals, name);
    }

    private Set<Member> select(String by, Collection<String> values, String name)
            throws SQLException {
        Set<Member> found = new HashSet<>();
        if (values.isEmpty()) {
            return found;
        }
        String sql =
                "SELECT name, natural_key, source_key, target_key FROM "
                        + ledger.table("member")
                        + " WHERE step = ? AND "
                        + (name.isEmpty() ? "? = '' AND " : "name = ? AND ")
                        + ledger.target().among(by, Kind.TEXT);
        try (var statement = ledger.prepare(sql, step, name)) {
            ledger.target().bindAll(statement, 3, Kind.TEXT, values);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(
                            new Member(
                                    row.getString(1),
                                    row.getString(2),
                                    Keys.read(row.getString(3)),
                                    row.getString(4)));
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
                "SELECT DISTINCT source_key FROM "
                        + ledger.table("member")
                        + " WHERE step = ? AND source_key > ? ORDER BY source_key LIMIT ?";
        try (var statement = ledger.prepare(sql, step, after, most);
                var row = statement.executeQuery()) {
            while (row.next()) {
                page.add(row.getString(1));
            }
        }
        return page;
    }

    /// Takes some out and puts others in. The caller commits.
    public void change(Collection<Member> gone, Collection<Member> fresh) throws SQLException {
        String delete =
                "DELETE FROM "
                        + ledger.table("member")
                        + " WHERE step = ? AND name = ? AND natural_key = ? AND source_key = ?";
        try (var statement = ledger.prepare(delete)) {
            for (Member each : gone) {
                statement.setString(1, step);
                statement.setString(2, each.name());
                statement.setString(3, each.natural());
                statement.setString(4, Keys.write(each.source()));
                statement.addBatch();
            }
            statement.executeBatch();
        }
        String insert =
                "INSERT INTO "
                        + ledger.table("member")
                        + " (step, name, natural_key, source_key, target_key)"
                        + " VALUES (?, ?, ?, ?, ?)";
        try (var statement = ledger.prepare(insert)) {
            for (Member each : fresh) {
                statement.setString(1, step);
                statement.setString(2, each.name());
                statement.setString(3, each.natural());
                statement.setString(4, Keys.write(each.source()));
                statement.setString(5, each.target());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
