package dev.slipway.backend.migration.validation;

import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.plan.Rule;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What a witness reads in a text.
sealed interface Reading {
    Pattern EMAIL =
            Pattern.compile(
                    "[^\\s@()<>\\[\\]:;,\\\\\"\\p{Cntrl}]+@(?:[\\p{L}\\p{N}-]+\\.)+[\\p{L}\\p{N}-]+");

    record Some(Object value) implements Reading {}

    record None() implements Reading {}

    /// @param rule what becomes of it, or null if the column's `on-bad` says so
    record Bad(String why, @Nullable Rule rule) implements Reading {
        Bad(String why) {
            this(why, null);
        }
    }

    static Reading of(ColumnType type, String text) {
        String bare = TextReading.bare(text);
        return switch (type) {
            case ColumnType.Text words -> TextReading.of(words, text);
            case ColumnType.Constant constant -> new Some(constant.value());
            case ColumnType.Currency currency -> new Some(currency(currency, bare));
            case ColumnType.Decimal decimal -> NumberReading.of(decimal, bare);
            case ColumnType.Whole whole -> NumberReading.of(whole, bare);
            case ColumnType.Temporal temporal -> MomentReading.of(temporal, bare);
            case ColumnType.Bool bool -> bool(bool, bare);
            case ColumnType.Enumeration words -> enumeration(words, words.exact() ? text : bare);
            case ColumnType.Email email -> email(email, bare);
            case ColumnType.Json json -> JsonReading.of(json, bare);
            case ColumnType.Reference _, ColumnType.Gap _, ColumnType.Generated _ -> new None();
        };
    }

    private static Reading bool(ColumnType.Bool type, String text) {
        if (text.isEmpty()) {
            return new None();
        }
        boolean yes = type.yes().stream().anyMatch(w -> TextReading.alike(w, text));
        boolean no = type.no().stream().anyMatch(w -> TextReading.alike(w, text));
        return yes ? new Some(true) : no ? new Some(false) : new Bad("is neither true nor false");
    }

    private static Reading enumeration(ColumnType.Enumeration type, String text) {
        for (Map.Entry<String, List<String>> value : type.values().entrySet()) {
            boolean found = same(type, value.getKey(), text);
            for (String spelling : value.getValue()) {
                found |= same(type, spelling, text);
            }
            if (found) {
                return new Some(value.getKey());
            }
        }
        return text.isBlank() ? new None() : new Bad("is none of the known spellings");
    }

    private static boolean same(ColumnType.Enumeration type, String spelling, String text) {
        return type.exact() ? spelling.equals(text) : TextReading.alike(spelling, text);
    }

    private static Reading email(ColumnType.Email type, String text) {
        if (text.isEmpty()) {
            return new None();
        }
        return EMAIL.matcher(text).matches() && text.length() <= 254 && writable(text)
                ? new Some(type.lower() ? text.toLowerCase(java.util.Locale.ROOT) : text)
                : new Bad("is no e-mail address");
    }

    /// Whether a text has a spelling in UTF-8: bytes that are none come as halves of pairs.
    static boolean writable(String text) {
        return java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static String currency(ColumnType.Currency type, String text) {
        String word = text.replaceAll("[-+.,'\\d\\s\\u00A0]", "");
        return type.currencies().entrySet().stream()
                .filter(e -> TextReading.alike(e.getKey(), word))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(type.otherwise());
    }
}
