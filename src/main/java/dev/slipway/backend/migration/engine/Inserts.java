package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.ledger.Keys;
import dev.slipway.backend.migration.target.Target;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// Adds rows to a step's table and finds out which of them the target refuses.
final class Inserts {
    private final PreparedStep step;
    private final Target target;

    Inserts(PreparedStep step, Target target) {
        this.step = step;
        this.target = target;
    }

    /// Halves what is refused until the rows that cause it stand alone.
    ///
    /// @param refused gets the source keys of those that the target refused, with its reason
    void insert(List<ChunkRows.Out> rows, Map<String, String> refused) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        var savepoint = target.connection().setSavepoint();
        try {
            target.insert(
                    step.table(),
                    step.columns(),
                    rows.stream().map(ChunkRows.Out::values).toList());
            target.connection().releaseSavepoint(savepoint);
        } catch (SQLException e) {
            if (!target.refusesRow(e)) {
                throw e;
            }
            target.connection().rollback(savepoint);
            if (rows.size() == 1) {
                String key = Keys.shown(step.key(rows.getFirst().source()));
                refused.put(key, Reasons.of(e));
            } else {
                int half = rows.size() / 2;
                insert(rows.subList(0, half), refused);
                insert(rows.subList(half, rows.size()), refused);
            }
        }
    }
}
