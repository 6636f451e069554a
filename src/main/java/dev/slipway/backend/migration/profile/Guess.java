package dev.slipway.backend.migration.profile;

import dev.slipway.backend.migration.convert.BadValue;
import dev.slipway.backend.migration.convert.Converter;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.plan.ClockRule;
import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.plan.ColumnType.DecimalMark;
import dev.slipway.backend.migration.plan.ColumnType.Impossible;
import dev.slipway.backend.migration.plan.ColumnType.Negative;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// One type that a column may be of, with how many of its values are not.
final class Guess {
    static final List<String> FORMATS = List.of("iso", "dd.MM.yyyy", "MM/dd/yyyy");
    static final Map<String, List<String>> CURRENCIES =
            Map.of(
                    "EUR", List.of("€", "Euro"),
                    "USD", List.of("$", "US$"),
                    "GBP", List.of("£"),
                    "CHF", List.of("sFr", "SFr."));
    private static final int SCALE = 10;
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2100;

    final String word;
    long bad;
    int scale;
    long digits;
    String sample = "";
    private final Converter converter;

    private Guess(String word, ColumnType type) {
        this.word = word;
        this.converter = Converters.STANDARD.of(type);
    }

    /// Every type that is tried, the narrowest first.
    static List<Guess> all() {
        return List.of(
                new Guess("integer", new ColumnType.Whole(Long.MIN_VALUE, Long.MAX_VALUE, null)),
                new Guess("decimal", decimal("decimal", Map.of())),
                new Guess("money", decimal("money", codes())),
                new Guess("date", temporal("date")),
                new Guess("timestamp", temporal("timestamp")),
                new Guess("email", new ColumnType.Email(false)),
                new Guess("json", new ColumnType.Json(true)));
    }

    private static Map<String, String> codes() {
        Map<String, String> codes = new java.util.HashMap<>();
        CURRENCIES.forEach(
                (code, words) -> {
                    codes.put(code.toLowerCase(java.util.Locale.ROOT), code);
                    words.forEach(w -> codes.put(w.toLowerCase(java.util.Locale.ROOT), code));
                });
        return codes;
    }

    private static ColumnType decimal(String word, Map<String, String> currencies) {
        return new ColumnType.Decimal(
                word,
                SCALE,
                false,
                DecimalMark.AUTO,
                Negative.KEEP,
                false,
                false,
                false,
                Map.of(),
                currencies,
                null);
    }

    private static ColumnType temporal(String word) {
        return new ColumnType.Temporal(
                word,
                FORMATS,
                ZoneOffset.UTC,
                Impossible.BAD,
                FIRST_YEAR,
                LAST_YEAR,
                ClockRule.QUARANTINE,
                ClockRule.QUARANTINE);
    }

    /// Whether a value is of the type, and would come back as it is: 007 is no number.
    boolean takes(String raw) {
        boolean good = good(raw);
        if (!good) {
            bad++;
            sample = sample.isEmpty() ? raw : sample;
        }
        return good;
    }

    private boolean good(String raw) {
        try {
            Object value = converter.convert(raw);
            return switch (word) {
                case "integer" -> String.valueOf(value).equals(raw);
                case "decimal", "money" -> amount(raw, value);
                case "date" -> raw.strip().length() <= 10;
                case "json" -> "[{aOs".indexOf(raw.strip().charAt(0)) >= 0;
                default -> value != null;
            };
        } catch (BadValue e) {
            return false;
        }
    }

    private boolean amount(String raw, @Nullable Object value) {
        if (!(value instanceof BigDecimal amount) || raw.matches("[-+]?0\\d.*|\\+.*|\\s.*|.*\\s")) {
            return false;
        }
        BigDecimal plain = amount.stripTrailingZeros();
        scale = Math.max(scale, Math.max(0, plain.scale()));
        digits = Math.max(digits, (long) plain.precision() - plain.scale());
        return true;
    }
}
