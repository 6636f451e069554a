package dev.slipway.backend.migration.ledger;

import dev.slipway.backend.migration.source.Reading;
import dev.slipway.backend.migration.target.Kind;

import org.jspecify.annotations.Nullable;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// The raw values that people gave a step's rows instead of the source's own. A correction counts
/// as long as the source still holds what was corrected: a row that was mended there is taken as it
/// stands.
public final class Corrections {
    private final Map<String, Row> rows = new HashMap<>();

    private record Row(Map<String, @Nullable String> seen, Map<String, @Nullable String> given) {}

    private static final String RESOLVED =
            "SELECT row_key, raw_row, corrected FROM %s WHERE run_id = ? AND step = ?"
                    + " AND corrected IS NOT NULL AND state = 'RESOLVED'";

    private Corrections() {}

    /// Those of a step's rows that stand in the target.
    public static Corrections resolved(Ledger ledger, String runId, String step)
            throws SQLException {
        String sql = RESOLVED.formatted(ledger.table("quarantine"));
        try (var statement = ledger.prepare(sql, runId, step)) {
            return read(statement);
        }
    }

    /// Those of some of a step's rows that stand in the target.
    ///
    /// @param keys as the quarantine shows them
    public static Corrections resolved(
            Ledger ledger, String runId, String step, Collection<String> keys) throws SQLException {
        if (keys.isEmpty()) {
            return new Corrections();
        }
        String sql =
                RESOLVED.formatted(ledger.table("quarantine"))
                        + " AND "
                        + ledger.target().among("row_key", Kind.TEXT);
        try (var statement = ledger.prepare(sql, runId, step)) {
            ledger.target().bindAll(statement, 3, Kind.TEXT, keys);
            return read(statement);
        }
    }

    private static Corrections read(PreparedStatement statement) throws SQLException {
        var corrections = new Corrections();
        try (var row = statement.executeQuery()) {
            while (row.next()) {
                corrections.rows.put(
                        row.getString(1),
                        new Row(Keys.row(row.getString(2)), Keys.row(row.getString(3))));
            }
        }
        return corrections;
    }

    /// Those of one row.
    public static Corrections of(Quarantine.Kept kept) {
        var corrections = new Corrections();
        if (!kept.row().corrected().isEmpty()) {
            corrections.rows.put(
                    kept.row().key(), new Row(kept.row().row(), kept.row().corrected()));
        }
        return corrections;
    }

    /// A raw row as it counts. What names it is never corrected.
    ///
    /// @param key as the quarantine shows it
    public @Nullable String[] over(String key, Reading reading, @Nullable String[] row) {
        Row known = rows.get(key);
        if (known == null) {
            return row;
        }
        @Nullable String[] now = row.clone();
        for (int i = 0; i < row.length; i++) {
            String column = reading.columns().get(i).name();
            String seen = row[i] == null ? null : Keys.visible(row[i]);
            boolean names = reading.key().stream().anyMatch(column::equalsIgnoreCase);
            if (!names
                    && known.given().containsKey(column)
                    && Objects.equals(seen, known.seen().get(column))) {
                now[i] = known.given().get(column);
            }
        }
        return now;
    }
}
