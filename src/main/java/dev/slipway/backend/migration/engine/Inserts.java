package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.ledger.Keys;
import dev.slipway.backend.migration.target.Batch;
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
    void insert(ChunkRows rows, Map<String, String> refused) throws SQLException {
        insert(rows.batch(), rows.written, 0, rows.written.size(), refused);
    }

    private void insert(
            Batch batch, List<ChunkRows.Out> rows, int from, int to, Map<String, String> refused)
            throws SQLException {
        if (from == to) {
            return;
        }
        var savepoint = target.connection().setSavepoint();
        try {
            batch.insert(from, to);
            target.connection().releaseSavepoint(savepoint);
        } catch (SQLException e) {
            if (!target.refusesRow(e)) {
                throw e;
            }
            target.connection().rollback(savepoint);
            if (to - from == 1) {
                refused.put(Keys.shown(step.key(rows.get(from).source())), Reasons.of(e));
            } else {
                int half = from + (to - from) / 2;
                insert(batch, rows, from, half, refused);
                insert(batch, rows, half, to, refused);
            }
        }
    }
}
