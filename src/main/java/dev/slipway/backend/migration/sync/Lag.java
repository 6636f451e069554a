package dev.slipway.backend.migration.sync;

import dev.slipway.backend.migration.source.Source;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// How old the state is that the target shows. The log tells times by the source's clock, so how
/// far that one is ahead of this one is measured, now and then.
final class Lag {
    private static final Duration EVERY = Duration.ofMinutes(1);

    /// A time so far beyond now was no clock's: a connection may tell any time that it likes.
    private static final Duration UNLIKELY = Duration.ofSeconds(2);

    private final InstantSource clock;
    private Duration ahead = Duration.ZERO;
    private Instant measured = Instant.EPOCH;

    Lag(InstantSource clock) {
        this.clock = clock;
    }

    /// Measures the source's clock, if it is time for it.
    void measure(Source source) throws SQLException {
        if (clock.instant().isAfter(measured.plus(EVERY))) {
            ahead = source.ahead(clock);
            measured = clock.instant();
        }
    }

    /// @param sourceTime when the last change that is applied was made, by the source's clock
    /// @param currentAt when all changes were last applied, by this one's
    /// @return seconds, or -1 if it is not known; for a state with changes still to come
    long seconds(Instant sourceTime, Instant currentAt) {
        Instant now = clock.instant();
        Instant shows = sourceTime.equals(Instant.EPOCH) ? sourceTime : sourceTime.minus(ahead);
        if (shows.isAfter(now.plus(UNLIKELY)) || shows.isBefore(currentAt)) {
            shows = currentAt;
        }
        return shows.equals(Instant.EPOCH)
                ? -1
                : Math.max(0, Duration.between(shows, now).toSeconds());
    }
}
