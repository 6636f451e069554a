package dev.slipway.backend.migration.ledger;

import com.fasterxml.jackson.core.type.TypeReference;

import dev.slipway.api.migration.Place;
import dev.slipway.api.migration.Validation;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What was checked in the runs, and with what result. The caller commits.
public final class Validations {
    private static final TypeReference<List<Place>> PLACES = new TypeReference<>() {};
    private final Ledger ledger;

    public Validations(Ledger ledger) {
        this.ledger = ledger;
    }

    /// Keeps what was checked; an earlier result of the same check gives way.
    ///
    /// @param position in the order of the run's checks
    public void keep(int position, List<Validation> found) throws SQLException {
        int at = position;
        for (Validation each : found) {
            ledger.update(
                    "DELETE FROM "
                            + ledger.table("validation")
                            + " WHERE run_id = ? AND step = ? AND name = ?",
                    each.runId(),
                    each.step(),
                    each.name());
            ledger.update(
                    "INSERT INTO "
                            + ledger.table("validation")
                            + " (run_id, step, name, position, passed, source, target, detail,"
                            + " places) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    each.runId(),
                    each.step(),
                    each.name(),
                    at++,
                    each.passed() ? 1 : 0,
                    Keys.visible(each.source()),
                    Keys.visible(each.target()),
                    each.detail() == null ? null : Keys.visible(each.detail()),
                    LedgerJson.write(each.places().stream().map(Validations::visible).toList()));
        }
    }

    private static Place visible(Place place) {
        return new Place(
                place.table(),
                Keys.visible(place.key()),
                Keys.visible(place.source()),
                place.column(),
                Keys.visible(place.is()),
                Keys.visible(place.expected()));
    }

    /// What was checked in a run, in the order of the checks.
    public List<Validation> of(String runId) throws SQLException {
        List<Validation> found = new ArrayList<>();
        String sql =
                "SELECT step, name, passed, source, target, detail, places FROM "
                        + ledger.table("validation")
                        + " WHERE run_id = ? ORDER BY position";
        try (var statement = ledger.prepare(sql, runId);
                var row = statement.executeQuery()) {
            while (row.next()) {
                found.add(
                        new Validation(
                                runId,
                                row.getString(1),
                                row.getString(2),
                                row.getInt(3) == 1,
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                LedgerJson.read(row.getString(7), PLACES)));
            }
        }
        return found;
    }

    /// Forgets what did not hold in a run: it was checked anew.
    public void forgetRed(String runId) throws SQLException {
        ledger.update(
                "DELETE FROM " + ledger.table("validation") + " WHERE run_id = ? AND passed = 0",
                runId);
    }

    /// Forgets what was checked of a step, and of the whole: it is no longer what stands there.
    public void forget(String runId, String step) throws SQLException {
        ledger.update(
                "DELETE FROM "
                        + ledger.table("validation")
                        + " WHERE run_id = ? AND (step = ? OR step = '')",
                runId,
                step);
    }
}
