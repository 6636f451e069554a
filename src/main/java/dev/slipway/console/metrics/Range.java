package dev.slipway.console.metrics;

import java.time.Duration;

/// How far back the charts go.
public enum Range {
    MINUTES_5(Duration.ofMinutes(5)),
    MINUTES_15(Duration.ofMinutes(15)),
    HOUR(Duration.ofHours(1)),
    DAY(Duration.ofHours(24));

    private final Duration length;

    Range(Duration length) {
        this.length = length;
    }

    public Duration length() {
        return length;
    }
}
