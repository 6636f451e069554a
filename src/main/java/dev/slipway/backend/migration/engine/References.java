package dev.slipway.backend.migration.engine;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What a chunk's rows refer to by one column, row by row. Texts that led somewhere lately are
/// remembered: a table repeats itself.
final class References {
    private static final int SLOTS = 1 << 14;
    private static final String NULL = "\0";
    private static final char BETWEEN = '\u001F';

    private final Field field;
    private final Lookup lookup;
    private final @Nullable String[] texts = new @Nullable String[SLOTS];
    private final @Nullable Object[] ids = new @Nullable Object[SLOTS];
    private long age;
    private @Nullable Object[] found = {};
    private boolean[] named = {};

    References(Field field, Lookup lookup) {
        this.field = field;
        this.lookup = lookup;
    }

    /// Looks up what a chunk's rows refer to.
    void over(List<@Nullable String[]> rows) throws SQLException {
        forget();
        found = new @Nullable Object[rows.size()];
        named = new boolean[rows.size()];
        @Nullable String[] keys = new @Nullable String[rows.size()];
        Set<String> wanted = new HashSet<>();
        for (int at = 0; at < keys.length; at++) {
            String text = text(rows.get(at));
            int slot = slot(text);
            if (text.equals(texts[slot])) {
                found[at] = ids[slot];
                named[at] = true;
            } else {
                String key = lookup.key(field, rows.get(at));
                keys[at] = key;
                if (key != null) {
                    wanted.add(key);
                }
            }
        }
        Map<String, Object> all = lookup.find(wanted);
        for (int at = 0; at < keys.length; at++) {
            String key = keys[at];
            if (key != null) {
                named[at] = true;
                found[at] = all.get(key);
                keep(text(rows.get(at)), found[at]);
            }
        }
    }

    /// What was remembered may have been undone.
    private void forget() {
        if (age != lookup.age()) {
            age = lookup.age();
            Arrays.fill(texts, null);
        }
    }

    private void keep(String text, @Nullable Object id) {
        // what leads nowhere now may lead somewhere after the next chunk
        if (id != null) {
            int slot = slot(text);
            texts[slot] = text;
            ids[slot] = id;
        }
    }

    private String text(@Nullable String[] row) {
        String first = Objects.requireNonNullElse(row[field.from[0]], NULL);
        if (field.from.length == 1) {
            return first;
        }
        var all = new StringBuilder(first);
        for (int i = 1; i < field.from.length; i++) {
            all.append(BETWEEN).append(Objects.requireNonNullElse(row[field.from[i]], NULL));
        }
        return all.toString();
    }

    private static int slot(String text) {
        int hash = text.hashCode();
        return (hash ^ hash >>> 16) & SLOTS - 1;
    }

    /// The target key that a row means, or null if it means none.
    @Nullable Object found(int at) {
        return found[at];
    }

    /// Whether a row names anything.
    boolean named(int at) {
        return named[at];
    }
}
