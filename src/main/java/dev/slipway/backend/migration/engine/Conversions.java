package dev.slipway.backend.migration.engine;

import org.jspecify.annotations.Nullable;

/// Remembers what one column's texts became: a table repeats itself. It holds a fixed number of
/// short texts, and gives up where they hardly ever come again.
final class Conversions {
    private static final int SLOTS = 1_024;
    private static final int LONGEST = 64;
    private static final int TRIED = 20_000;
    private static final int WORTH = 4;

    private final Field field;
    private final int from;
    private @Nullable String @Nullable [] texts;
    private @Nullable Conversion[] kept = new @Nullable Conversion[0];
    private int asked;
    private int found;

    Conversions(Field field) {
        this.field = field;
        this.from = field.from.length == 0 ? -1 : field.from[0];
        if (field.ofOneText()) {
            texts = new @Nullable String[SLOTS];
            kept = new @Nullable Conversion[SLOTS];
        }
    }

    Conversion of(@Nullable String[] row) {
        @Nullable String[] known = texts;
        if (known == null) {
            return field.convert(row);
        }
        String text = row[from];
        if (text == null || text.length() > LONGEST) {
            return field.convert(text);
        }
        int hash = text.hashCode();
        int slot = (hash ^ hash >>> 15) & SLOTS - 1;
        Conversion before = kept[slot];
        asked++;
        if (before != null && text.equals(known[slot])) {
            found++;
            return before;
        }
        if (asked > TRIED && found < asked / WORTH) {
            texts = null;
            return field.convert(text);
        }
        Conversion now = field.convert(text);
        known[slot] = text;
        kept[slot] = now;
        return now;
    }
}
