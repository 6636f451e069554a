package dev.slipway.console.queues;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A moment as people on call type it: `30m`, `2h` or `3d` ago, `02:30` (the last time that it was
/// so), or `2026-11-22 02:30`; the time is the one here.
final class Moment {
    private static final Pattern AGO = Pattern.compile("(\\d{1,6})\\s*([mhd])");
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd H:mm[:ss]", Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("H:mm[:ss]", Locale.ROOT);

    private Moment() {}

    /// @return empty if the text is none
    static Optional<Instant> of(String text, Instant now, ZoneId here) {
        String typed = text.strip().toLowerCase(Locale.ROOT).replace('t', ' ');
        Matcher ago = AGO.matcher(typed);
        try {
            if (ago.matches()) {
                return Optional.of(now.minus(ago(ago)));
            }
            if (typed.contains("-")) {
                return Optional.of(LocalDateTime.parse(typed, DAY).atZone(here).toInstant());
            }
            return Optional.of(last(LocalTime.parse(typed, CLOCK), now.atZone(here)));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Duration ago(Matcher ago) {
        long n = Long.parseLong(ago.group(1));
        return switch (ago.group(2)) {
            case "m" -> Duration.ofMinutes(n);
            case "h" -> Duration.ofHours(n);
            default -> Duration.ofDays(n);
        };
    }

    private static Instant last(LocalTime time, ZonedDateTime now) {
        ZonedDateTime today = now.with(time);
        return (today.isAfter(now) ? today.minusDays(1) : today).toInstant();
    }
}
