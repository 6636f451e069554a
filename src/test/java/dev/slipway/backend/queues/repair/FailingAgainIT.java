package dev.slipway.backend.queues.repair;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.queues.RepairAct;
import dev.slipway.api.queues.RepairState;
import dev.slipway.api.queues.StartRepair;
import dev.slipway.backend.queues.JobContext;
import dev.slipway.backend.queues.JobHandler;
import dev.slipway.testing.Effects;
import dev.slipway.testing.States;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;

/// A hundred thousand failed jobs, real workers, and a share of the jobs that fails again.
@ParameterizedClass
@EnumSource(States.class)
class FailingAgainIT {
    private final States states;

    FailingAgainIT(States states) {
        this.states = states;
    }

    private static final int JOBS = 100_000;
    private static final int SHARE = 35;

    @ParameterizedTest
    @ValueSource(longs = {7, 1234})
    void stopsLongBeforeAllHaveFailedAgain(long seed, @TempDir Path folder) {
        try (var fixture = new RepairFixture(states, folder)) {
            fixture.failed("order", JOBS, "card");
            fixture.clock.forward(Duration.between(RepairFixture.START, Instant.now()));
            var preview = fixture.preview(RepairAct.RETRY, RepairFixture.CARD);
            try (var worker = RepairProcess.worker("w", fixture.store, new Sometimes(seed))) {
                worker.start();
                // the probe may fail by the seed: then it goes on as a person would have it
                Effects.done(
                        fixture.store,
                        fixture.service.start(
                                preview.id(), new StartRepair(1_000, 1, 20, ""), "olga"));
                eventually(
                        "it stopped because of its limit",
                        () -> {
                            fixture.clock.forward(
                                    Duration.between(fixture.clock.instant(), Instant.now()));
                            fixture.runner.tick();
                            var now = fixture.now(preview);
                            if (now.note().startsWith("The probe")) {
                                Effects.done(fixture.store, fixture.service.resume(now.id()));
                            }
                            return now.state() == RepairState.STOPPED
                                    && now.note().contains("the limit is 20 %");
                        });
            }
            var stopped = fixture.now(preview);
            long moved = stopped.progress().moved();
            assertThat(moved).isBetween(20L, 5_000L);
            assertThat(fixture.count("repair IS NOT NULL")).isEqualTo(moved);
            assertThat(fixture.count("repair IS NULL AND state = 'DEAD'")).isEqualTo(JOBS - moved);
            assertThat(fixture.count("1 = 1")).isEqualTo(JOBS);
            assertThat(fixture.takenTwice()).isZero();
        }
    }

    private record Sometimes(long seed) implements JobHandler {
        @Override
        public String type() {
            return "mail.send";
        }

        @Override
        public void run(JobContext job) {
            int n = (int) job.payload(Map.class).get("n");
            if (new SplittableRandom(seed ^ n * 0x9E3779B97F4A7C15L).nextInt(100) < SHARE) {
                throw new IllegalStateException("no answer for " + n);
            }
        }
    }
}
