package dev.slipway.backend.migration.engine;

import static dev.slipway.backend.migration.engine.SmallRun.SHOP;
import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.migration.RunState;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.Window;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.throttle.Brake;
import dev.slipway.backend.migration.throttle.Brakes;
import dev.slipway.backend.migration.throttle.Ceiling;
import dev.slipway.config.Database;
import dev.slipway.testing.MariaDb;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// A run leaves off while the shop that it reads from has enough to do.
class CeilingIT {
    private final SmallRun small;

    CeilingIT(@TempDir Path folder) {
        small = new SmallRun(folder);
    }

    /// Others make a real server's threads work; the run sees it and leaves off.
    @Test
    void aBreachedCeilingPausesItWithinTwoSecondsAndItGoesOnByItself() throws Exception {
        Database source = MariaDb.fresh();
        try (var connection = MariaDb.connect(source)) {
            SHOP.fill(connection);
        }
        MigrationPlan plan = small.plan("throttle: {threads-running: 8, rows-per-second: 150}\n");
        var seen = new Seen();
        var over = new AtomicBoolean();
        Control control = () -> over.get() ? Control.Signal.PAUSE : Control.Signal.GO;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var busy = new Busy(source);
                var from = Sources.open(source);
                var brake =
                        new Brakes(InstantSource.system(), _ -> source, null)
                                .of(Window.ALWAYS, plan, from)) {
            var outcome = threads.submit(() -> small.run(plan, source, brake, control, seen));
            try (AutoCloseable _ = () -> over.set(true)) {
                pausedAndGone(busy, seen);
                assertThat(outcome.get().state()).isEqualTo(RunState.VALIDATED);
                assertThat(outcome.get().steps())
                        .allMatch(step -> step.longestReadMillis() > 0)
                        .allMatch(step -> step.longestCheckMillis() > 0);
            }
        }
        small.allIsThere();
    }

    private void pausedAndGone(Busy busy, Seen seen) throws Exception {
        eventually("some chunks", () -> seen.chunks.size() > 2);
        busy.begin(12);
        long breached = System.nanoTime();
        eventually("it waits", () -> seen.waiting.get() != null);

        assertThat(Duration.ofNanos(System.nanoTime() - breached))
                .isLessThan(Duration.ofSeconds(2));
        assertThat(Objects.requireNonNull(seen.waiting.get()).reason())
                .matches("Threads_running \\d+ is above 8");
        small.nothingIsHeld();
        assertThat(busy.transactions()).isZero();
        int chunks = seen.chunks.size();
        busy.end();
        eventually("it goes on", () -> seen.waiting.get() == null);
        // the first chunk after the wait may be told before this looks
        assertThat(seen.chunks.size()).isBetween(chunks, chunks + 1);
    }

    @Test
    void whatCanNotBeMeasuredIsNotFine() throws Exception {
        small.fillSource();
        var asked = new AtomicInteger();
        Control impatient =
                () -> asked.incrementAndGet() > 3 ? Control.Signal.PAUSE : Control.Signal.GO;
        try (var brake = new Brake(Window.ALWAYS, InstantSource.system())) {
            brake.watch(
                    new Ceiling("Threads_running", "", 20),
                    () -> {
                        throw new SQLException("connection refused");
                    });
            Outcome outcome = small.run(small.plan(""), brake, impatient);

            assertThat(outcome.state()).isEqualTo(RunState.PAUSED);
            assertThat(Objects.requireNonNull(outcome.waiting()).reason())
                    .startsWith("Threads_running is unknown: ");
            assertThat(outcome.steps()).isEmpty();
        }
    }
}
