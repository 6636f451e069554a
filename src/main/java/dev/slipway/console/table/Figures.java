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
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.UK);
    private static final DateTimeFormatter LONG_AGO =
            DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.UK);

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

    /// `0`, `11 (0.89 %)`
    public static String errors(long count, double share) {
        return count == 0 ? "0" : count(count) + "  (" + Format.share(share) + ")";
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

    /// The time of day here; the minute with its date when it isn't today's, and with its year when
    /// it isn't this year's.
    public static String moment(@Nullable Instant at, Instant now) {
        if (at == null) {
            return UNKNOWN;
        }
        ZoneId here = ZoneId.systemDefault();
        var then = at.atZone(here);
        var today = now.atZone(here);
        if (then.toLocalDate().equals(today.toLocalDate())) {
            return CLOCK.format(then);
        }
        return (then.getYear() == today.getYear() ? MOMENT : LONG_AGO).format(then);
    }
}
