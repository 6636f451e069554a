package dev.slipway.backend.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/// The database's time, by a database and a clock that the test sets.
class DatabaseTimeTest {
    private static final Instant THERE = Instant.parse("2026-11-22T03:00:00Z");

    private Instant there = THERE;
    private Duration takes = Duration.ZERO;
    private boolean away;
    private Instant here = THERE.plusSeconds(9);
    private long nanos = 5;
    private final AtomicInteger asked = new AtomicInteger();
    @AutoClose private final DatabaseTime time = new DatabaseTime(this::ask, () -> here, this::now);

    private long now() {
        return nanos;
    }

    private Instant ask() {
        asked.incrementAndGet();
        if (away) {
            throw new IllegalStateException("away");
        }
        pass(takes.dividedBy(2));
        Instant told = there;
        pass(takes.dividedBy(2));
        return told;
    }

    private void pass(Duration span) {
        nanos += span.toNanos();
        there = there.plus(span);
        here = here.plus(span);
    }

    @Test
    void isTheDatabasesHoweverFarThisMachinesClockIsOff() {
        assertThat(time.instant()).isEqualTo(THERE);
        pass(Duration.ofSeconds(2));
        assertThat(time.instant()).isEqualTo(there);
        here = here.plus(Duration.ofHours(1));
        assertThat(time.instant()).as("the clock was set").isEqualTo(there);
    }

    @Test
    void isAskedAgainAndRunsOnWhileTheDatabaseIsAway() {
        there = there.plusMillis(300);
        time.refresh();
        assertThat(time.instant()).isEqualTo(there);
        away = true;
        pass(Duration.ofMinutes(1));
        time.refresh();
        assertThat(time.instant()).isEqualTo(there);
    }

    @Test
    void aSlowAnswerCountsOnlyIfTheLastIsOldAndTheWayIsCounted() {
        takes = Duration.ofMillis(400);
        there = there.plusSeconds(1);
        time.refresh();
        assertThat(time.instant()).as("the quick one before").isEqualTo(there.minusSeconds(1));
        pass(Duration.ofSeconds(31));
        time.refresh();
        assertThat(time.instant()).isEqualTo(there);

        takes = Duration.ofSeconds(4);
        there = there.minusSeconds(1);
        pass(Duration.ofSeconds(31));
        time.refresh();
        assertThat(time.instant()).isEqualTo(there.plusSeconds(1));
    }

    @Test
    void ofSeveralFirstAnswersTheQuickestCounts() {
        assertThat(asked).hasValue(3);
    }
}
