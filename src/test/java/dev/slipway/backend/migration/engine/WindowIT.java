package dev.slipway.backend.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.Waiting;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.backend.migration.throttle.Brake;
import dev.slipway.testing.TestClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/// A run stays within its hours.
class WindowIT {
    private static final String NIGHTS =
            "window: {zone: Europe/Vienna, open: [{from: \"22:00\", to: \"06:00\"}]}\n";

    /// Summer time, two hours ahead: the window closes at four and opens at twenty o'clock.
    private static final Instant BEFORE_CLOSING = Instant.parse("2026-06-05T03:59:00Z");

    private static final Instant OPENING = Instant.parse("2026-06-05T20:00:00Z");

    private final SmallRun small;

    WindowIT(@TempDir Path folder) {
        small = new SmallRun(folder);
    }

    @Test
    void aWindowThatClosesStopsItAtAChunksEndAndTheNextOneGoesOn() throws Exception {
        small.fillSource();
        var clock = new TestClock(BEFORE_CLOSING);
        var asked = new AtomicInteger();
        Control closing =
                () -> {
                    if (asked.incrementAndGet() == 5) {
                        clock.forward(Duration.ofMinutes(2));
                    }
                    return Control.Signal.GO;
                };
        MigrationPlan plan = small.plan(NIGHTS);

        Outcome closed = small.run(plan, new Brake(plan.window(), clock), closing);

        assertThat(closed.state()).isEqualTo(RunState.PAUSED);
        Waiting waiting = Objects.requireNonNull(closed.waiting());
        assertThat(waiting.until()).isEqualTo(OPENING);
        assertThat(waiting.reason())
                .isEqualTo("the window is closed (daily 22:00–06:00 Europe/Vienna)");
        assertThat(small.number("SELECT count(*) FROM slipway_chunk WHERE done = 1")).isEqualTo(5);
        assertThat(small.number("SELECT sum(rows_read) FROM slipway_chunk WHERE done = 1"))
                .as("whole chunks")
                .isEqualTo(5 * 70);
        assertThat(small.number("SELECT count(*) FROM buyer"))
                .isEqualTo(small.number("SELECT sum(rows_written) FROM slipway_chunk"));
        small.nothingIsHeld();

        clock.forward(Duration.between(clock.instant(), OPENING));
        Outcome opened = small.run(plan, new Brake(plan.window(), clock), Control.GO_ON);

        assertThat(opened.state()).isEqualTo(RunState.VALIDATED);
        assertThat(opened.runId()).isEqualTo(closed.runId());
        small.allIsThere();
    }

    @Test
    void whileItsWindowIsClosedItDoesNotEvenBegin() throws Exception {
        small.fillSource();
        MigrationPlan plan = small.plan(NIGHTS);
        var clock = new TestClock(Instant.parse("2026-06-05T12:00:00Z"));

        Outcome closed = small.run(plan, new Brake(plan.window(), clock), Control.GO_ON);

        assertThat(Objects.requireNonNull(closed.waiting()).until()).isEqualTo(OPENING);
        try (var target = Targets.open(small.target())) {
            assertThat(target.tables()).isEmpty();
        }
    }
}
