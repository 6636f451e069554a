package dev.slipway.backend.migration.engine;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Where the texts of one column led lately. All hands share it: what one of them found, no other
/// asks for. It holds a fixed number of texts at most, numbers in less room than other texts; a new
/// one takes the place of an old one.
final class Remembered {
    /// What a text leads to that names no row at all.
    static final Object NOTHING = new Object();

    /// What a text leads to that names a row which is not there, and will not come.
    static final Object NOWHERE = new Object();

    private static final int MOST_TEXTS = 1 << 15;

    /// Fuller, some texts would take each other's place again and again.
    private static final int ROOMY = 8;

    private static final int LONGEST = 256;

    private final int[] from;
    private final Numbers numbers = new Numbers();
    private final Texts texts = new Texts();
    private long age;

    /// @param from where the texts stand in a row
    Remembered(int[] from) {
        this.from = from;
    }

    /// Forgets everything if its age is another: what was found may have been undone.
    synchronized void at(long now) {
        if (age != now) {
            age = now;
            numbers.clear();
            texts.clear();
        }
    }

    /// Where the rows' texts led.
    ///
    /// @param into gets each row's key, [#NOTHING], or null if it is not known
    synchronized void find(List<@Nullable String[]> rows, @Nullable Object[] into) {
        int at = 0;
        for (@Nullable String[] row : rows) {
            long number = from.length == 1 ? Numbers.number(row[from[0]]) : -1;
            Object id = number < 0 ? null : numbers.find(number);
            into[at++] = id == null ? texts.find(row) : id;
        }
    }

    /// Keeps where a row's texts lead.
    synchronized void keep(@Nullable String[] row, Object id) {
        long number = from.length == 1 && id instanceof Long ? Numbers.number(row[from[0]]) : -1;
        if (number < 0) {
            @Nullable String[] key = new @Nullable String[from.length];
            for (int i = 0; i < from.length; i++) {
                key[i] = row[from[i]];
            }
            if (shortEnough(key)) {
                texts.keep(key, id);
            }
        } else {
            numbers.keep(number, (long) id);
        }
    }

    private static boolean shortEnough(@Nullable String[] key) {
        for (String text : key) {
            if (text != null && text.length() > LONGEST) {
                return false;
            }
        }
        return true;
    }

    /// Keys of any kind.
    private final class Texts {
        private @Nullable String[] @Nullable [] keys = new @Nullable String[Numbers.FEWEST][];
        private @Nullable Object[] ids = new @Nullable Object[keys.length];
        private int count;

        void clear() {
            Arrays.fill(keys, null);
            Arrays.fill(ids, null);
            count = 0;
        }

        @Nullable Object find(@Nullable String[] row) {
            int hash = 0;
            for (int at : from) {
                hash = 31 * hash + Objects.hashCode(row[at]);
            }
            for (int i = 0; i < Numbers.NEAR; i++) {
                int at = Numbers.place(hash, i, keys.length);
                if (same(keys[at], row)) {
                    return ids[at];
                }
            }
            return null;
        }

        private boolean same(@Nullable String @Nullable [] key, @Nullable String[] row) {
            if (key == null) {
                return false;
            }
            for (int i = 0; i < from.length; i++) {
                if (!Objects.equals(row[from[i]], key[i])) {
                    return false;
                }
            }
            return true;
        }

        void keep(@Nullable String[] key, Object id) {
            if (count > keys.length / ROOMY && keys.length < MOST_TEXTS) {
                grow();
            }
            int hash = 0;
            for (String text : key) {
                hash = 31 * hash + Objects.hashCode(text);
            }
            int place = Numbers.place(hash, 0, keys.length);
            for (int i = 0; i < Numbers.NEAR; i++) {
                int at = Numbers.place(hash, i, keys.length);
                if (keys[at] == null || Arrays.equals(keys[at], key)) {
                    place = at;
                    break;
                }
            }
            count += keys[place] == null ? 1 : 0;
            keys[place] = key;
            ids[place] = id;
        }

        private void grow() {
            @Nullable String[] @Nullable [] before = keys;
            @Nullable Object[] led = ids;
            keys = new @Nullable String[before.length * 2][];
            ids = new @Nullable Object[keys.length];
            count = 0;
            for (int i = 0; i < before.length; i++) {
                @Nullable String[] key = before[i];
                Object id = led[i];
                if (key != null && id != null) {
                    keep(key, id);
                }
            }
        }
    }
}
