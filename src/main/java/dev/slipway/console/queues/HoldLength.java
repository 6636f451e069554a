package dev.slipway.console.queues;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/// How long a pause is to last.
public enum HoldLength {
    UNTIL_RESUMED,
    QUARTER,
    HOUR,
    FOUR_HOURS,
    /// Until six in the morning, here.
    MORNING;

    private static final LocalTime SIX = LocalTime.of(6, 0);

    /// @return when it ends by itself, or null if someone has to end it
    public @Nullable Instant until(Instant now, ZoneId zone) {
        return switch (this) {
            case UNTIL_RESUMED -> null;
            case QUARTER -> now.plus(Duration.ofMinutes(15));
            case HOUR -> now.plus(Duration.ofHours(1));
            case FOUR_HOURS -> now.plus(Duration.ofHours(4));
            case MORNING -> {
                var today = now.atZone(zone).toLocalDate();
                var six = today.atTime(SIX).atZone(zone).toInstant();
                yield six.isAfter(now)
                        ? six
                        : today.plusDays(1).atTime(SIX).atZone(zone).toInstant();
            }
        };
    }
}
