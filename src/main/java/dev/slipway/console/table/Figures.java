package dev.slipway.console.table;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// How figures are written. What isn't known is a dash, never 0.
public final class Figures {
    public static final String UNKNOWN = "–";
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private Figures() {}

    public static String count(long n) {
        return String.format(Locale.ENGLISH, "%,d", n);
    }

    public static String rate(double perTime) {
        return String.format(Locale.ENGLISH, perTime < 10 ? "%,.1f" : "%,.0f", perTime);
    }

    public static String percent(double percent) {
        boolean whole = percent == Math.rint(percent);
        return String.format(Locale.ENGLISH, whole ? "%.0f %%" : "%.1f %%", percent);
    }

    public static String millis(double millis) {
        return millis < 1000
                ? String.format(Locale.ENGLISH, "%.0f ms", millis)
                : String.format(Locale.ENGLISH, "%.2f s", millis / 1000);
    }

    /// With the decimals that the amount has.
    public static String amount(BigDecimal amount) {
        return String.format(Locale.ENGLISH, "%,." + Math.max(0, amount.scale()) + "f", amount);
    }

    public static String money(BigDecimal amount, String currency) {
        return amount(amount) + " " + currency;
    }

    /// Two units at most: `42 s`, `3 min 12 s`, `2 h 05 min`, `3 d 4 h`.
    public static String duration(Duration duration) {
        long s = Math.max(0, duration.toSeconds());
        if (s < 60) {
            return s + " s";
        }
        if (s < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", s / 60, s % 60);
        }
        return s < 86_400
                ? String.format(Locale.ROOT, "%d h %02d min", s / 3600, s % 3600 / 60)
                : String.format(Locale.ROOT, "%d d %d h", s / 86_400, s % 86_400 / 3600);
    }

    public static String age(@Nullable Instant since, Instant now) {
        return since == null ? UNKNOWN : duration(Duration.between(since, now));
    }

    /// The time of day here, with the date when it isn't today's.
    public static String moment(@Nullable Instant at, Instant now) {
        if (at == null) {
            return UNKNOWN;
        }
        ZoneId here = ZoneId.systemDefault();
        boolean today = at.atZone(here).toLocalDate().equals(now.atZone(here).toLocalDate());
        return (today ? CLOCK : MOMENT).format(at.atZone(here));
    }
}
