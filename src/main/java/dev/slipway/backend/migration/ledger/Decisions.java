package dev.slipway.backend.migration.ledger;

import dev.slipway.api.migration.QuarantineState;
import dev.slipway.api.migration.Quarantined;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What people decide about rows in quarantine. Whatever is not open, or not accepted, any more is
/// left as it is. The caller commits.
public final class Decisions {
    private static final int AT_ONCE = 500;
    private final Ledger ledger;
    private final Quarantine quarantine;

    public Decisions(Ledger ledger) {
        this.ledger = ledger;
        this.quarantine = new Quarantine(ledger);
    }

    /// Leaves open rows behind on purpose.
    ///
    /// @return how many
    public long accept(String runId, QuarantineFilter which, String by, String why)
            throws SQLException {
        return move(
                runId,
                which.in(QuarantineState.OPEN),
                "state = 'ACCEPTED', acted_by = ?, acted_at = ?, note = ?",
                by,
                ledger.moment(),
                why);
    }

    /// Takes rows that were accepted up again.
    ///
    /// @return how many
    public long reopen(String runId, QuarantineFilter which) throws SQLException {
        return move(
                runId,
                which.in(QuarantineState.ACCEPTED),
                "state = 'OPEN', acted_by = NULL, acted_at = NULL, note = NULL");
    }

    private long move(String runId, QuarantineFilter which, String set, Object... first)
            throws SQLException {
        hold(runId);
        List<@Nullable Object> values = new ArrayList<>(List.of(first));
        String sql =
                "UPDATE "
                        + ledger.table("quarantine")
                        + " SET "
                        + set
                        + " WHERE "
                        + which.where(runId, values);
        return ledger.update(sql, values.toArray());
    }

    /// Whoever replays or decides about a run's rows waits here for the others.
    private void hold(String runId) throws SQLException {
        ledger.update("UPDATE " + ledger.table("run") + " SET number = number WHERE id = ?", runId);
    }

    /// Another raw value for a source column.
    ///
    /// @param step whose rows are meant
    /// @param key of one row, or null for every open row that holds `from`
    /// @param from what the rows must hold now; not asked where there is a key
    /// @param to what is to count instead; null for NULL
    public record Correction(
            String step,
            @Nullable String key,
            String column,
            @Nullable String from,
            @Nullable String to) {}

    /// Gives open rows another raw value, which counts whenever they are mapped again.
    ///
    /// @return how many
    /// @throws NoSuchColumn if the rows have no such source column
    public long correct(String runId, Correction correction, String by)
            throws SQLException, NoSuchColumn {
        hold(runId);
        List<QuarantineFilter.Row> alone =
                correction.key() == null
                        ? List.of()
                        : List.of(new QuarantineFilter.Row(correction.step(), correction.key()));
        var open =
                new QuarantineFilter(
                        correction.step(),
                        null,
                        "",
                        java.util.Set.of(QuarantineState.OPEN),
                        "",
                        alone);
        long corrected = 0;
        Quarantined last = null;
        while (true) {
            List<Quarantined> some =
                    quarantine.page(
                            runId,
                            open,
                            last == null ? "" : last.step(),
                            last == null ? "" : last.key(),
                            AT_ONCE);
            for (Quarantined row : some) {
                corrected += correct(row, correction, by) ? 1 : 0;
                last = row;
            }
            if (some.size() < AT_ONCE) {
                return corrected;
            }
        }
    }

    private boolean correct(Quarantined row, Correction correction, String by)
            throws SQLException, NoSuchColumn {
        String column = column(row, correction.column());
        String now =
                row.corrected().containsKey(column)
                        ? row.corrected().get(column)
                        : row.row().get(column);
        boolean meant = correction.key() != null || Objects.equals(now, correction.from());
        if (!meant || Objects.equals(now, correction.to())) {
            return false;
        }
        Map<String, @Nullable String> corrected = new LinkedHashMap<>(row.corrected());
        if (Objects.equals(row.row().get(column), correction.to())) {
            corrected.remove(column);
        } else {
            corrected.put(column, correction.to());
        }
        ledger.update(
                "UPDATE "
                        + ledger.table("quarantine")
                        + " SET corrected = ? WHERE run_id = ? AND step = ? AND row_key = ?",
                corrected.isEmpty() ? null : Keys.row(corrected),
                row.runId(),
                row.step(),
                row.key());
        note(row, column, now, correction.to(), by);
        return true;
    }

    private static String column(Quarantined row, String wanted) throws NoSuchColumn {
        return row.row().keySet().stream()
                .filter(name -> name.equalsIgnoreCase(wanted))
                .findFirst()
                .orElseThrow(() -> new NoSuchColumn(row.step(), wanted, row.row().keySet()));
    }

    private void note(
            Quarantined row, String column, @Nullable String from, @Nullable String to, String by)
            throws SQLException {
        String where = " WHERE run_id = ? AND step = ? AND row_key = ?";
        String table = ledger.table("correction");
        ledger.update(
                "INSERT INTO "
                        + table
                        + " (run_id, step, row_key, number, column_name, from_value, to_value,"
                        + " corrected_by, corrected_at) SELECT ?, ?, ?, coalesce(max(number), 0) + 1,"
                        + " ?, CAST(? AS TEXT), CAST(? AS TEXT), ?, ? FROM "
                        + table
                        + where,
                row.runId(),
                row.step(),
                row.key(),
                column,
                from,
                to,
                by,
                ledger.moment(),
                row.runId(),
                row.step(),
                row.key());
    }
}
