package dev.slipway.backend.migration.engine;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What a chunk's rows refer to by one column, row by row. Texts that led somewhere lately are
/// remembered: a table repeats itself.
final class References {
    private static final int SLOTS = 1 << 15;
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
        int count = rows.size();
        found = new @Nullable Object[count];
        named = new boolean[count];
        Map<String, Asked> asked = new HashMap<>();
        @Nullable Asked[] waiting = new @Nullable Asked[count];
        String last = null;
        for (int at = 0; at < count; at++) {
            String text = text(rows.get(at));
            if (text.equals(last)) {
                found[at] = found[at - 1];
                named[at] = named[at - 1];
                waiting[at] = waiting[at - 1];
            } else if (!known(at, text)) {
                String key = lookup.key(field, rows.get(at));
                waiting[at] = key == null ? null : asked.computeIfAbsent(key, _ -> new Asked(text));
            }
            last = text;
        }
        answer(asked, waiting);
    }

    /// What rows wait for: one key, as the first of them writes it.
    private static final class Asked {
        private final String text;
        private @Nullable Object id;

        Asked(String text) {
            this.text = text;
        }
    }

    /// Whether a text was seen lately and led somewhere.
    private boolean known(int at, String text) {
        int slot = slot(text);
        if (!text.equals(texts[slot])) {
            return false;
        }
        found[at] = ids[slot];
        named[at] = true;
        return true;
    }

    private void answer(Map<String, Asked> asked, @Nullable Asked[] waiting) throws SQLException {
        if (asked.isEmpty()) {
            return;
        }
        Map<String, Object> all = lookup.find(asked.keySet());
        asked.forEach(
                (key, one) -> {
                    one.id = all.get(key);
                    keep(one.text, one.id);
                });
        for (int at = 0; at < waiting.length; at++) {
            Asked one = waiting[at];
            if (one != null) {
                named[at] = true;
                found[at] = one.id;
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
