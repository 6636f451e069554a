package dev.slipway.backend.migration.convert;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Map;

/// Finds the currency's sign or word before or behind an amount.
///
/// @param codes lower-case word or sign to the code that it means
record CurrencyWords(Map<String, String> codes) {

    /// The currency's code, or null if none stands there.
    @Nullable String code(String amount) {
        String word = word(amount);
        return word.isEmpty() ? null : codes.get(word);
    }

    /// The amount alone; unchanged if what stands beside it is no currency that is known.
    String without(String amount) {
        String word = word(amount);
        if (word.isEmpty() || !codes.containsKey(word)) {
            return amount;
        }
        int head = head(amount);
        return amount.substring(head, tail(amount, head)).strip();
    }

    /// The sign or word itself, in lower case; empty if none stands there.
    static String word(String amount) {
        int head = head(amount);
        int tail = tail(amount, head);
        if (head == 0 && tail == amount.length()) {
            return "";
        }
        String before = amount.substring(0, head).strip();
        String behind = amount.substring(tail).strip();
        return (before.isEmpty() ? behind : before).toLowerCase(Locale.ROOT);
    }

    private static int head(String amount) {
        int i = 0;
        while (i < amount.length() && !ofNumber(amount.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int tail(String amount, int head) {
        int i = amount.length();
        while (i > head && !(amount.charAt(i - 1) >= '0' && amount.charAt(i - 1) <= '9')) {
            i--;
        }
        return i;
    }

    private static boolean ofNumber(char c) {
        return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == ',';
    }
}
