package dev.slipway.sandbox.legacy;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How the legacy application reads what its database holds. `sandbox/legacy.sql` says it in words;
/// the migration plan must do the same.
final class LegacyValues {
    private static final Pattern MONEY =
            Pattern.compile("(?:€|EUR )?([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)[.,]([0-9]{2})");
    private static final Pattern QUANTITY = Pattern.compile("([0-9]{1,6})(?:x| pcs|\\.0)?");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{9,10}");
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter DOTS =
            DateTimeFormatter.ofPattern("dd.MM.uuuu", Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter SLASHES =
            DateTimeFormatter.ofPattern("MM/dd/uuuu", Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);
    private static final Map<String, String> STATUS =
            Map.ofEntries(
                    Map.entry("delivered", "delivered"),
                    Map.entry("deliverd", "delivered"),
                    Map.entry("shipped", "shipped"),
                    Map.entry("shiped", "shipped"),
                    Map.entry("sent", "shipped"),
                    Map.entry("versendet", "shipped"),
                    Map.entry("paid", "paid"),
                    Map.entry("payed", "paid"),
                    Map.entry("bezahlt", "paid"),
                    Map.entry("pending", "pending"),
                    Map.entry("pendig", "pending"),
                    Map.entry("open", "pending"),
                    Map.entry("new", "pending"),
                    Map.entry("cancelled", "cancelled"),
                    Map.entry("canceled", "cancelled"),
                    Map.entry("cancled", "cancelled"),
                    Map.entry("storno", "cancelled"),
                    Map.entry("refunded", "refunded"),
                    Map.entry("refund", "refunded"),
                    Map.entry("returned", "refunded"),
                    Map.entry("refnuded", "refunded"));
    private static final Map<String, String> COUNTRY =
            Map.ofEntries(
                    Map.entry("de", "DE"),
                    Map.entry("germany", "DE"),
                    Map.entry("deutschland", "DE"),
                    Map.entry("fr", "FR"),
                    Map.entry("france", "FR"),
                    Map.entry("es", "ES"),
                    Map.entry("spain", "ES"),
                    Map.entry("españa", "ES"),
                    Map.entry("espa\u00e3\u00b1a", "ES"),
                    Map.entry("gb", "GB"),
                    Map.entry("uk", "GB"),
                    Map.entry("united kingdom", "GB"),
                    Map.entry("england", "GB"),
                    Map.entry("it", "IT"),
                    Map.entry("italy", "IT"),
                    Map.entry("italia", "IT"));

    private LegacyValues() {}

    static OptionalLong cents(@Nullable String text) {
        Matcher money = MONEY.matcher(text == null ? "" : text.strip());
        return money.matches()
                ? OptionalLong.of(Long.parseLong(money.group(1).replace(",", "") + money.group(2)))
                : OptionalLong.empty();
    }

    static OptionalInt quantity(@Nullable String text) {
        Matcher quantity = QUANTITY.matcher(text == null ? "" : text.strip());
        return quantity.matches() && Integer.parseInt(quantity.group(1)) > 0
                ? OptionalInt.of(Integer.parseInt(quantity.group(1)))
                : OptionalInt.empty();
    }

    static Optional<Instant> moment(@Nullable String text) {
        String date = text == null ? "" : text.strip();
        try {
            if (SECONDS.matcher(date).matches()) {
                return Optional.of(Instant.ofEpochSecond(Long.parseLong(date)));
            } else if (date.length() == 19) {
                return Optional.of(LocalDateTime.parse(date, MOMENT).toInstant(ZoneOffset.UTC));
            } else if (date.length() == 10) {
                var day = LocalDate.parse(date, date.charAt(2) == '.' ? DOTS : SLASHES);
                return Optional.of(day.atStartOfDay().toInstant(ZoneOffset.UTC));
            }
        } catch (DateTimeException e) {
            // a zero date, an impossible day or a word: not known
        }
        return Optional.empty();
    }

    static String status(@Nullable String text) {
        return STATUS.getOrDefault(lower(text), "unknown");
    }

    static String country(@Nullable String text) {
        return COUNTRY.getOrDefault(lower(text), "ZZ");
    }

    static String vendorStatus(@Nullable String text) {
        return switch (lower(text)) {
            case "active", "actve" -> "active";
            case "inactive" -> "inactive";
            case "blocked" -> "blocked";
            default -> "unknown";
        };
    }

    /// Percent: `12.5`, `12,5%` and the fraction `0.125` are the same.
    static @Nullable BigDecimal commission(@Nullable String text) {
        String number = lower(text).replace(',', '.').replace("%", "");
        if (!number.matches("[0-9]{1,3}\\.[0-9]{1,4}")) {
            return null;
        }
        var value = new BigDecimal(number);
        BigDecimal percent = value.compareTo(BigDecimal.ONE) < 0 ? value.movePointRight(2) : value;
        return percent.setScale(2, java.math.RoundingMode.HALF_UP);
    }

    static @Nullable Integer stock(@Nullable String text) {
        Matcher stock = Pattern.compile("([0-9]{1,6})(?:\\.0)?").matcher(lower(text));
        return stock.matches() ? Integer.valueOf(stock.group(1)) : null;
    }

    static boolean yes(@Nullable String text) {
        return switch (lower(text)) {
            case "y", "1", "yes", "true" -> true;
            default -> false;
        };
    }

    /// The category's words in lower case with hyphens between; null if there are none.
    static @Nullable String category(@Nullable String text) {
        // the one word with an umlaut, and what a wrong encoding made of it
        String words = lower(text).replace("\u00e3\u00b6", "ö");
        String slug = words.replaceAll("\\s*[>/]\\s*", "-").replaceAll("\\s+", "-");
        return slug.isEmpty() ? null : slug;
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
    }
}
