package dev.slipway.backend.migration.sync;

import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.backend.migration.ledger.Keys;
import dev.slipway.backend.migration.source.Position;
import dev.slipway.backend.migration.source.Source;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The changes of an SQLite source, which its triggers note in a table.
final class TriggerLog implements ChangeLog {
    private static final int MOST = 100_000;
    private final Source source;
    private Position at;

    TriggerLog(Source source, Position from) {
        this.source = source;
        this.at = from;
    }

    /// A change and its note are seen together.
    @Override
    public Changes next(int most, Position seen) throws SQLException, Stopped {
        whole();
        String sql =
                "SELECT seq, tab, key, at FROM %s WHERE seq > %d ORDER BY seq LIMIT %d"
                        .formatted(Position.CHANGE_TABLE, at.offset(), Math.min(most, MOST));
        List<Change> changes = new ArrayList<>();
        long seq = at.offset();
        long millis = 0;
        for (List<@Nullable Object> row : source.query(sql, MOST)) {
            seq = number(row.get(0));
            millis = number(row.get(3));
            changes.add(new Change(String.valueOf(row.get(1)), key(String.valueOf(row.get(2)))));
        }
        at = new Position(Position.CHANGE_TABLE, seq, "", "");
        long waiting =
                changes.isEmpty()
                        ? 0
                        : number(
                                source.query(
                                                "SELECT count(*) FROM %s WHERE seq > %d"
                                                        .formatted(Position.CHANGE_TABLE, seq),
                                                1)
                                        .getFirst()
                                        .getFirst());
        return new Changes(changes, at, Instant.ofEpochMilli(millis), waiting);
    }

    /// Rows that were taken out before they were read are changes that no one knows.
    private void whole() throws SQLException, Stopped {
        String sql = "SELECT min(seq), max(seq) FROM " + Position.CHANGE_TABLE;
        List<@Nullable Object> row = source.query(sql, 1).getFirst();
        if (row.getFirst() != null && number(row.getFirst()) > at.offset() + 1) {
            throw new Stopped(
                    "changes %d to %d are no longer in %s; nothing was changed. Run the sync with"
                                    .formatted(
                                            at.offset() + 1,
                                            number(row.getFirst()) - 1,
                                            Position.CHANGE_TABLE)
                            + " --anew: it reads every step whole and goes on from now");
        }
    }

    private static Map<String, String> key(String json) {
        Map<String, String> key = new HashMap<>();
        Keys.row(json).forEach((name, value) -> key.put(name, value == null ? "" : value));
        return key;
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    @Override
    public boolean reached(Position read, Position wanted) {
        return read.offset() >= wanted.offset();
    }

    @Override
    public void close() {
        // the source is the caller's
    }
}
