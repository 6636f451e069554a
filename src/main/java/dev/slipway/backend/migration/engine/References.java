package dev.slipway.backend.migration.engine;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a chunk's rows refer to by one column, row by row. Texts that led somewhere lately are
/// remembered: a table repeats itself.
final class References {
    private final Field field;
    private final Lookup lookup;
    private final Remembered remembered;
    private final boolean settled;
    private @Nullable Object[] found = {};

    /// @param settled whether all rows that can be referred to are there already
    References(Field field, Lookup lookup, Remembered remembered, boolean settled) {
        this.settled = settled;
        this.field = field;
        this.lookup = lookup;
        this.remembered = remembered;
    }

    /// Looks up what a chunk's rows refer to.
    void over(List<@Nullable String[]> rows) throws SQLException {
        remembered.at(lookup.age());
        found = new @Nullable Object[rows.size()];
        remembered.find(rows, found);
        Map<String, Asked> asked = new HashMap<>();
        Asked last = null;
        for (int at = 0; at < found.length; at++) {
            if (found[at] == null) {
                @Nullable String[] row = rows.get(at);
                if (last == null || !same(row, last.row)) {
                    String key = lookup.key(field, row);
                    last =
                            key == null
                                    ? new Asked(row)
                                    : asked.computeIfAbsent(key, _ -> new Asked(row));
                    if (key == null) {
                        last.id = Remembered.NOTHING;
                        remembered.keep(row, Remembered.NOTHING);
                    }
                }
                found[at] = last;
            }
        }
        answer(asked);
    }

    /// What rows wait for: one key, as the first of them writes it.
    private static final class Asked {
        private final @Nullable String[] row;
        private @Nullable Object id;

        Asked(@Nullable String[] row) {
            this.row = row;
        }
    }

    private boolean same(@Nullable String[] row, @Nullable String[] other) {
        for (int at : field.from) {
            String text = row[at];
            if (text == null ? other[at] != null : !text.equals(other[at])) {
                return false;
            }
        }
        return true;
    }

    private void answer(Map<String, Asked> asked) throws SQLException {
        if (!asked.isEmpty()) {
            Map<String, Object> all = lookup.find(asked.keySet());
            asked.forEach(
                    (key, one) -> {
                        Object id = all.get(key);
                        one.id = id == null ? Remembered.NOWHERE : id;
                        // what leads nowhere now may lead somewhere after the step's next chunk
                        if (id != null || settled) {
                            remembered.keep(one.row, one.id);
                        }
                    });
        }
        for (int at = 0; at < found.length; at++) {
            if (found[at] instanceof Asked one) {
                found[at] = one.id;
            }
        }
    }

    /// The target key that a row means, or null if it means none.
    @Nullable Object found(int at) {
        Object id = found[at];
        return id == Remembered.NOTHING || id == Remembered.NOWHERE ? null : id;
    }

    /// Whether a row names anything.
    boolean named(int at) {
        return found[at] != Remembered.NOTHING;
    }
}
