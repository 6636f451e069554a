package dev.slipway.backend.queues.repair;

import static dev.slipway.backend.queues.repair.RepairFixture.CARD;
import static dev.slipway.backend.queues.repair.RepairFixture.START;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.RepairAct;
import dev.slipway.api.queues.RepairState;
import dev.slipway.api.queues.StartRepair;
import dev.slipway.testing.Effects;
import dev.slipway.testing.States;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;

/// How fast a repair goes on, and what stops it: the probe, the ramp, what fails again.
@ParameterizedClass
@EnumSource(States.class)
class RepairPaceIT {
    @AutoClose private final RepairFixture fixture;

    RepairPaceIT(States states, @TempDir Path folder) {
        fixture = new RepairFixture(states, folder);
    }

    @Test
    void oneProbeGoesFirstAndItsFailureStopsTheRest() {
        fixture.failed("order", 1_000, "card");
        Repair repair = fixture.start(fixture.preview(RepairAct.RETRY, CARD), 100);

        for (int i = 0; i < 50; i++) {
            fixture.clock.forward(Duration.ofMillis(200));
            fixture.runner.tick();
        }
        assertThat(fixture.now(repair).state()).isEqualTo(RepairState.PROBING);
        assertThat(fixture.count("state = 'READY'")).isEqualTo(1);

        fixture.work(1);
        fixture.until(repair, RepairState.STOPPED);

        assertThat(fixture.now(repair).note()).contains("The probe failed again", "no answer for");
        assertThat(fixture.count("state = 'DEAD'")).isEqualTo(1_000);
        assertThat(fixture.count("repair IS NOT NULL")).isEqualTo(1);
        assertThat(fixture.now(repair).progress().failed()).isEqualTo(1);
    }

    @Test
    void rampsUpToTheRateByDoubling() {
        fixture.failed("order", 10_000, "card");
        Repair repair = fixture.start(fixture.preview(RepairAct.RETRY, CARD), 160);
        fixture.clock.forward(Duration.ofMillis(200));
        fixture.runner.tick();
        fixture.work(0);
        fixture.until(repair, RepairState.RUNNING);
        long before = fixture.now(repair).progress().moved();

        // 10, 20, 40 and 80 a second for two seconds each, then 160
        long[] upTo = {20, 60, 140, 300, 620};
        for (long most : upTo) {
            for (int i = 0; i < 10; i++) {
                fixture.clock.forward(Duration.ofMillis(200));
                fixture.runner.tick();
                fixture.work(0);
            }
            assertThat(fixture.now(repair).progress().moved() - before)
                    .isBetween((long) (most * 0.8), (long) (most * 1.2));
        }
        Repair now = fixture.now(repair);
        assertThat(now.progress().rateNow()).isEqualTo(160);
        assertThat(now.progress().seconds())
                .isBetween((10_000 - 620) / 160L - 5, (10_000 - 620) / 160L + 5);
    }

    @Test
    void noMoreFollowThanWorkersCanBear() {
        fixture.failed("order", 5_000, "card");
        Repair repair = fixture.start(fixture.preview(RepairAct.RETRY, CARD), 16);
        fixture.clock.forward(Duration.ofMillis(200));
        fixture.runner.tick();
        fixture.work(0);

        for (int i = 0; i < 2_000; i++) {
            fixture.clock.forward(Duration.ofMillis(200));
            fixture.runner.tick();
        }

        assertThat(fixture.count("state = 'READY'")).isBetween(100L, 160L);
        assertThat(fixture.now(repair).note()).contains("Waits for the workers");
    }

    @Test
    void whatFailsAgainIsNotTakenAgain() {
        fixture.failed("order", 2_000, "card");
        Repair repair =
                Effects.done(
                        fixture.store,
                        fixture.service.start(
                                fixture.preview(RepairAct.RETRY, CARD).id(),
                                new StartRepair(500, 1, 100, ""),
                                "olga"));
        // the clock stands while they fail: their time alone would not tell them apart
        fixture.until(
                () -> {
                    fixture.store.writing(
                            handle ->
                                    handle.createUpdate(
                                                    "UPDATE job SET state = CASE WHEN seq % 2 = 0"
                                                            + " THEN 'DEAD' ELSE 'SUCCEEDED' END,"
                                                            + " due_at = NULL, ended_at = :at,"
                                                            + " changed_at = :at"
                                                            + " WHERE state = 'READY'")
                                            .bind("at", START.toEpochMilli())
                                            .execute());
                    return fixture.now(repair).state() == RepairState.DONE
                            || fixture.now(repair).state() == RepairState.STOPPED;
                });

        assertThat(fixture.takenTwice()).isZero();
        assertThat(fixture.count("1 = 1")).isEqualTo(2_000);
    }

    @Test
    void stopsWhenTooManyFailAgain() {
        fixture.failed("order", 20_000, "card");
        Repair repair = fixture.start(fixture.preview(RepairAct.RETRY, CARD), 1_000);
        fixture.until(
                () -> {
                    fixture.work(5);
                    return fixture.now(repair).state() == RepairState.STOPPED;
                });

        Repair stopped = fixture.now(repair);
        assertThat(stopped.note()).contains("failed again: the limit is 10 %");
        assertThat(stopped.progress().moved()).isLessThan(2_000);
        assertThat(fixture.count("repair IS NULL AND state = 'DEAD'"))
                .isEqualTo(20_000 - stopped.progress().moved());
        assertThat(fixture.count("1 = 1")).isEqualTo(20_000);
    }

    @Test
    void fewFailuresDoNotStopIt() {
        fixture.failed("order", 3_000, "card");
        Repair repair = fixture.start(fixture.preview(RepairAct.RETRY, CARD), 500);

        fixture.until(
                () -> {
                    fixture.work(20);
                    return fixture.now(repair).state() == RepairState.DONE;
                });

        assertThat(fixture.now(repair).progress().failed())
                .isEqualTo(fixture.count("state = 'DEAD'"))
                .isEqualTo(150);
    }
}
