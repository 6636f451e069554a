package dev.slipway.console.table;

import dev.slipway.console.fx.Format;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// How figures are written in tables, as [Format] has them. What isn't known is a dash, never 0.
public final class Figures {
    public static final String UNKNOWN = "–";
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern("zzz", Locale.UK);

    private Figures() {}

    public static String count(long n) {
        return Format.count(n);
    }

    public static String rate(double perTime) {
        return Format.rate(perTime);
    }

    public static String percent(double percent) {
        boolean whole = percent == Math.rint(percent);
        return String.format(Locale.ENGLISH, whole ? "%.0f %%" : "%.1f %%", percent);
    }

    public static String millis(double millis) {
        return Format.millis(millis);
    }

    /// With the decimals that the amount has.
    public static String amount(BigDecimal amount) {
        return String.format(Locale.ENGLISH, "%,." + Math.max(0, amount.scale()) + "f", amount);
    }

    public static String money(BigDecimal amount, String currency) {
        return amount(amount) + " " + currency;
    }

    public static String duration(Duration duration) {
        return Format.age(duration);
    }

    public static String age(@Nullable Instant since, Instant now) {
        return since == null ? UNKNOWN : duration(Duration.between(since, now));
    }

    /// The short name of the time zone that moments are written in, such as `CET`.
    public static String zone(Instant now) {
        return ZONE.format(now.atZone(ZoneId.systemDefault()));
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
