package dev.slipway.backend.migration.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.backend.migration.source.Sources;
import dev.slipway.testing.MariaDb;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A source whose clock is a minute ahead: this one is put back.
class LagIT {
    private static final Duration AHEAD = Duration.ofMinutes(1);
    private Instant there = Instant.EPOCH;
    private final InstantSource here = () -> there.minus(AHEAD);
    private Lag lag = new Lag(here);

    @BeforeEach
    void measure() throws SQLException {
        try (var source = Sources.open(MariaDb.fresh())) {
            InstantSource system = InstantSource.system();
            assertThat(source.ahead(() -> system.instant().minus(AHEAD)))
                    .isCloseTo(AHEAD, Duration.ofSeconds(5));
            there = Instant.now();
            lag = new Lag(here);
            lag.measure(source);
        }
    }

    @Test
    void aChangeMadeThereIsAsOldAsItIsThere() {
        assertThat(lag.seconds(there.minusSeconds(40), Instant.EPOCH)).isCloseTo(40, within(3L));
    }

    @Test
    void theMomentWhenAllWasAppliedCountsByTheClockHere() {
        assertThat(lag.seconds(there.minusSeconds(400), here.instant().minusSeconds(9)))
                .isEqualTo(9);
    }

    /// A connection of the shop may set any time.
    @Test
    void aTimeThatIsNotYetThereTellsNothing() {
        assertThat(lag.seconds(there.plusSeconds(500), Instant.EPOCH)).isEqualTo(-1);
        assertThat(lag.seconds(there.plusSeconds(500), here.instant().minusSeconds(70)))
                .isEqualTo(70);
    }

    @Test
    void withoutAnyChangeItIsNotKnown() {
        assertThat(lag.seconds(Instant.EPOCH, Instant.EPOCH)).isEqualTo(-1);
    }
}
