package dev.slipway.backend.migration.engine;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// Where keys that are numbers lead. A place is looked for near that which the key itself gives. It
/// holds a fixed number of keys at most; a new one takes the place of an old one.
final class Numbers {
    static final int FEWEST = 1 << 10;
    static final int NEAR = 4;
    private static final int MOST = 1 << 19;
    private static final int ROOMY = 4;
    private static final int SURE_DIGITS = 18;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private long[] keys = new long[FEWEST];
    private long[] ids = new long[keys.length];
    private int count;

    /// The number that a text spells the only way there is, or -1.
    static long number(@Nullable String text) {
        int length = text == null ? 0 : text.length();
        if (text == null
                || length == 0
                || length > SURE_DIGITS
                || length > 1 && text.charAt(0) == '0') {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < length; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    void clear() {
        Arrays.fill(keys, 0);
        count = 0;
    }

    /// Where a number leads, or null if that is not known.
    @Nullable Object find(long number) {
        for (int i = 0; i < NEAR; i++) {
            int at = place(number, i, keys.length);
            if (keys[at] == number + 1) {
                return ids[at];
            }
        }
        return null;
    }

    void keep(long number, long id) {
        if (count > keys.length / ROOMY && keys.length < MOST) {
            grow();
        }
        int place = place(number, 0, keys.length);
        for (int i = 0; i < NEAR; i++) {
            int at = place(number, i, keys.length);
            if (keys[at] == 0 || keys[at] == number + 1) {
                place = at;
                break;
            }
        }
        count += keys[place] == 0 ? 1 : 0;
        keys[place] = number + 1;
        ids[place] = id;
    }

    private void grow() {
        long[] before = keys;
        long[] led = ids;
        keys = new long[before.length * 2];
        ids = new long[keys.length];
        count = 0;
        for (int i = 0; i < before.length; i++) {
            if (before[i] != 0) {
                keep(before[i] - 1, led[i]);
            }
        }
    }

    /// Where a key may stand.
    ///
    /// @param next 0 for the first place, 1 for the one after it …
    static int place(long hash, int next, int places) {
        int first = (int) (hash * SPREAD >>> Long.numberOfLeadingZeros(places) + 1);
        return first + next & places - 1;
    }
}
