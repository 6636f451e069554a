package dev.slipway.console.schedules;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// How long a pause lasts.
public enum PauseLength {
    UNTIL_RESUMED(null),
    AN_HOUR(Duration.ofHours(1)),
    FOUR_HOURS(Duration.ofHours(4)),
    A_DAY(Duration.ofDays(1)),
    A_WEEK(Duration.ofDays(7));

    private final @Nullable Duration length;

    PauseLength(@Nullable Duration length) {
        this.length = length;
    }

    @Nullable Instant from(Instant now) {
        return length == null ? null : now.plus(length);
    }
}
