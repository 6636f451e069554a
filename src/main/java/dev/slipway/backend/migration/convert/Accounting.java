package dev.slipway.backend.migration.convert;

import org.jspecify.annotations.Nullable;

/// Negative amounts as accountants write them: in brackets, or with the minus behind.
final class Accounting {
    private Accounting() {}

    /// What stands there without its brackets or minus; null if the amount is not written so.
    static @Nullable String positive(String text) {
        int open = text.indexOf('(');
        if (open >= 0) {
            return bracketed(text, open);
        }
        int minus = text.lastIndexOf('-');
        boolean behind = minus > 0 && digits(text, 0, minus) && !digits(text, minus, text.length());
        return behind
                ? (text.substring(0, minus).stripTrailing() + text.substring(minus + 1))
                : null;
    }

    private static @Nullable String bracketed(String text, int open) {
        int close = text.indexOf(')');
        boolean pair =
                close > open
                        && text.lastIndexOf('(') == open
                        && text.lastIndexOf(')') == close
                        && digits(text, open, close)
                        && !digits(text, 0, open)
                        && !digits(text, close, text.length());
        return pair
                ? (text.substring(0, open)
                                + text.substring(open + 1, close)
                                + text.substring(close + 1))
                        .strip()
                : null;
    }

    private static boolean digits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) >= '0' && text.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }
}
