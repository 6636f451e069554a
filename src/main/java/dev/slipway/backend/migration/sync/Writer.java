package dev.slipway.backend.migration.sync;

import dev.slipway.backend.migration.engine.Mapping;
import dev.slipway.backend.migration.engine.Refusal;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.validation.RowHash;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes rows of one step that differ from what stands, and finds out which of them the target
/// refuses.
final class Writer {
    private final StepSync step;
    private final Batch batch;
    private final Target target;

    Writer(StepSync step, Batch batch, Target target) {
        this.step = step;
        this.batch = batch;
        this.target = target;
    }

    /// How many rows were written.
    record Written(int inserted, int updated) {}

    private interface Act {
        void on(List<Unit> units) throws SQLException;
    }

    /// @param now by target key
    /// @param refused gets the source keys of rows that the target refuses
    Written write(
            Map<String, Unit> now,
            Map<String, @Nullable Object[]> standing,
            Map<List<String>, Refusal> refused)
            throws SQLException {
        List<Unit> updates = new ArrayList<>();
        List<Unit> inserts = new ArrayList<>();
        for (var each : now.entrySet()) {
            @Nullable Object[] stands = standing.get(each.getKey());
            Unit unit = each.getValue();
            if (stands == null) {
                inserts.add(unit);
            } else if (RowHash.of(stands) != RowHash.of(unit.there().values())) {
                updates.add(unit);
            }
        }
        List<Unit> stuck = new ArrayList<>();
        halve(updates, units -> step.rows.update(values(units)), (unit, _) -> stuck.add(unit));
        for (Unit unit : stuck) {
            // another row may hold what this one is to get, and be about to give it up
            batch.takeOut(step, Set.of(String.valueOf(unit.target)));
        }
        inserts.addAll(stuck);
        halve(
                inserts,
                units -> step.rows.insert(values(units)),
                (unit, e) -> refused.put(unit.key, Mapping.refused(e)));
        updates.removeAll(stuck);
        return new Written(inserts.size(), updates.size());
    }

    private interface Refusing {
        void by(Unit unit, SQLException why);
    }

    private void halve(List<Unit> units, Act act, Refusing refusing) throws SQLException {
        if (units.isEmpty()) {
            return;
        }
        var savepoint = target.connection().setSavepoint();
        try {
            act.on(units);
            target.connection().releaseSavepoint(savepoint);
        } catch (SQLException e) {
            if (!target.refusesRow(e)) {
                throw e;
            }
            target.connection().rollback(savepoint);
            if (units.size() == 1) {
                refusing.by(units.getFirst(), e);
            } else {
                int half = units.size() / 2;
                halve(units.subList(0, half), act, refusing);
                halve(units.subList(half, units.size()), act, refusing);
            }
        }
    }

    private static List<@Nullable Object[]> values(List<Unit> units) {
        List<@Nullable Object[]> values = new ArrayList<>();
        units.forEach(unit -> values.add(unit.there().values()));
        return values;
    }
}
