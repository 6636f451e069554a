package dev.slipway.console.fx;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// How figures are written, the same on every screen.
public final class Format {
    private static final Locale LOCALE = Locale.UK;

    private Format() {}

    /// `1,234`
    public static String count(long value) {
        return String.format(LOCALE, "%,d", value);
    }

    /// `38 ms`, `1,240 ms`, `12.4 s`
    public static String millis(double millis) {
        return millis >= 10_000
                ? String.format(LOCALE, "%,.1f s", millis / 1000)
                : String.format(LOCALE, millis < 10 ? "%.1f ms" : "%,.0f ms", millis);
    }

    /// A share from 0 to 1: `0 %`, `0.04 %`, `2.5 %`, `31 %`
    public static String share(double share) {
        double percent = share * 100;
        if (percent == 0 || percent >= 10) {
            return String.format(LOCALE, "%.0f %%", percent);
        }
        return String.format(LOCALE, percent < 1 ? "%.2f %%" : "%.1f %%", percent);
    }

    /// `0.4`, `12.3`, `1,234`
    public static String rate(double rate) {
        return String.format(LOCALE, rate < 100 && rate > 0 ? "%,.1f" : "%,.0f", rate);
    }

    /// `1,234.50 EUR`
    public static String money(BigDecimal amount, String currency) {
        return String.format(
                        LOCALE, "%,.2f %s", amount.setScale(2, RoundingMode.HALF_EVEN), currency)
                .strip();
    }

    /// `0 s`, `42 s`, `3 min`, `2 h 5 min`, `3 d`
    public static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7_200) {
            return seconds / 60 + " min";
        }
        if (seconds < 172_800) {
            long minutes = seconds / 60 % 60;
            return seconds / 3_600 + " h" + (minutes == 0 ? "" : " " + minutes + " min");
        }
        return seconds / 86_400 + " d";
    }

    /// `812 B`, `1.4 MB`
    public static String bytes(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        double size = bytes;
        String unit = "B";
        for (String next : List.of("kB", "MB", "GB", "TB")) {
            if (size >= 1_000) {
                size /= 1_000;
                unit = next;
            }
        }
        return String.format(LOCALE, "%.1f %s", size, unit);
    }
}
