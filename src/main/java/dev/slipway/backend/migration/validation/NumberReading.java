package dev.slipway.backend.migration.validation;

import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.plan.ColumnType.DecimalMark;
import dev.slipway.backend.migration.plan.ColumnType.Negative;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// How a witness reads numbers: by regular expressions, one for each way to write them.
final class NumberReading {
    private static final String GROUPED =
            "[1-9]\\d{0,2}(?:(?<mark>[%s])\\d{3})(?:\\k<mark>\\d{3})*";
    private static final Pattern POINT = pattern(",'  ", "\\.");
    private static final Pattern COMMA = pattern(".'  ", ",");
    private static final Pattern IN_BRACKETS =
            Pattern.compile("([^()\\d]*)\\(([^()]*\\d[^()]*)\\)([^()\\d]*)");
    private static final Pattern MINUS_BEHIND = Pattern.compile("([^-]*\\d)\\s*-([^-\\d]*)");

    /// Digits and point of an amount that anyone can mean.
    private static final int LONGEST = 38;

    private static final Reading NO_NUMBER = new Reading.Bad("is not a number");

    private NumberReading() {}

    private static Pattern pattern(String grouping, String mark) {
        return Pattern.compile(
                "(?<whole>" + GROUPED.formatted(grouping) + "|\\d+)(?:" + mark + "(?<rest>\\d+))?");
    }

    static Reading of(ColumnType.Whole type, String bare) {
        String text =
                type.strip() == null
                        ? bare
                        : TextReading.bare(type.strip().matcher(bare).replaceAll(""));
        if (text.isEmpty()) {
            return new Reading.None();
        }
        try {
            long value = new BigDecimal(text.replaceFirst("\\.$", "")).longValueExact();
            boolean plain = text.matches("[-+]?\\d+(\\.0*)?");
            return plain && value >= type.min() && value <= type.max()
                    ? new Reading.Some(value)
                    : new Reading.Bad("is out of range");
        } catch (ArithmeticException | NumberFormatException e) {
            return new Reading.Bad("is not a whole number");
        }
    }

    static Reading of(ColumnType.Decimal type, String text) {
        if (type.accounting()) {
            for (Pattern way : List.of(IN_BRACKETS, MINUS_BEHIND)) {
                var found = way.matcher(text);
                if (found.matches()) {
                    var parts = new StringBuilder();
                    for (int i = 1; i <= found.groupCount(); i++) {
                        parts.append(found.group(i));
                    }
                    return of(type, TextReading.bare(parts.toString()), true);
                }
            }
        }
        return of(type, text, false);
    }

    /// @param turned whether the amount was written as accountants write a negative one
    private static Reading of(ColumnType.Decimal type, String bare, boolean turned) {
        BigDecimal word = type.words().get(bare.toLowerCase(java.util.Locale.ROOT));
        if (word != null) {
            return new Reading.Some(word);
        }
        boolean percent = type.percent() && bare.endsWith("%");
        String text = percent ? TextReading.bare(bare.substring(0, bare.length() - 1)) : bare;
        if (!type.currencies().isEmpty()) {
            for (Map.Entry<String, String> code : type.currencies().entrySet()) {
                String without = without(text, code.getKey());
                if (without != null) {
                    if (type.currency() != null && !type.currency().equals(code.getValue())) {
                        return new Reading.Bad("is in " + code.getValue());
                    }
                    text = without;
                    break;
                }
            }
        }
        if (text.isEmpty()) {
            return new Reading.None();
        }
        if (turned && (text.startsWith("-") || text.startsWith("+"))) {
            return NO_NUMBER;
        }
        boolean negative = turned || text.startsWith("-");
        String digits = TextReading.bare(text.replaceFirst("^[-+]", ""));
        Set<BigDecimal> meanings = meanings(type.mark(), digits);
        if (meanings.size() != 1) {
            return NO_NUMBER;
        }
        return signed(type, meanings.iterator().next(), negative, percent);
    }

    private static Reading signed(
            ColumnType.Decimal type, BigDecimal read, boolean negative, boolean percent) {
        boolean share = type.share() && !percent && read.compareTo(BigDecimal.ONE) < 0;
        BigDecimal value = share ? read.multiply(BigDecimal.valueOf(100)) : read;
        BigDecimal scaled = value.setScale(type.scale(), RoundingMode.HALF_UP);
        if (!type.round() && scaled.compareTo(value) != 0) {
            return new Reading.Bad("has too many decimals");
        }
        if (negative && type.negative() == Negative.BAD) {
            return new Reading.Bad("is negative");
        }
        boolean minus = negative && type.negative() == Negative.KEEP;
        return new Reading.Some(minus ? BigDecimal.ZERO.subtract(scaled) : scaled);
    }

    /// The text without a currency's word before or behind it; null if it does not stand there.
    private static @Nullable String without(String text, String word) {
        String quoted = "(?i:" + Pattern.quote(word) + ")";
        var before = Pattern.compile("^" + quoted + "\\s*(?=[-+.,\\d])").matcher(text);
        if (before.find()) {
            return text.substring(before.end());
        }
        var behind = Pattern.compile("(?<=\\d)\\s*" + quoted + "$").matcher(text);
        return behind.find() ? text.substring(0, behind.start()) : null;
    }

    private static Set<BigDecimal> meanings(DecimalMark mark, String digits) {
        Set<BigDecimal> meanings = new HashSet<>();
        if (mark != DecimalMark.COMMA) {
            add(meanings, POINT, digits);
        }
        if (mark != DecimalMark.POINT) {
            add(meanings, COMMA, digits);
        }
        return meanings;
    }

    private static void add(Set<BigDecimal> meanings, Pattern pattern, String digits) {
        var found = pattern.matcher(digits);
        if (found.matches()) {
            String rest = found.group("rest") == null ? "0" : found.group("rest");
            String whole = found.group("whole").replaceAll("\\D", "");
            if (whole.length() + (found.group("rest") == null ? 0 : 1 + rest.length()) <= LONGEST) {
                meanings.add(new BigDecimal(whole + "." + rest).stripTrailingZeros());
            }
        }
    }
}
