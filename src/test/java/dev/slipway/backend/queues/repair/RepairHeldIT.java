package dev.slipway.backend.queues.repair;

import static dev.slipway.backend.queues.repair.RepairFixture.START;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.queues.HoldKind;
import dev.slipway.api.queues.JobFilter;
import dev.slipway.api.queues.NewRepair;
import dev.slipway.api.queues.Pause;
import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.RepairAct;
import dev.slipway.api.queues.RepairState;
import dev.slipway.testing.FailedJobs.Lot;
import dev.slipway.testing.States;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;

/// One queue that is paused, or one type of which few may run, does not hold up the others of a
/// repair, and is named.
@ParameterizedClass
@EnumSource(States.class)
class RepairHeldIT {
    @AutoClose private final RepairFixture fixture;

    RepairHeldIT(States states, @TempDir Path folder) {
        fixture = new RepairFixture(states, folder);
        // the first to fail: the walk comes to them first
        fixture.failed(
                new Lot("pdf", 1_200, "pdf", "pdf.render", "font", START.minusSeconds(7_200)));
        fixture.failed("order", 300, "card");
    }

    @Test
    void aPausedQueueIsLeftUntilItGoesOnAndTheOthersAreNot() {
        pause(HoldKind.QUEUE, "pdf");
        Repair repair = fixture.preview(RepairAct.RETRY, JobFilter.ALL);
        assertThat(repair.note()).contains("The queue pdf was paused by ada (fonts are missing)");
        fixture.start(repair, 100);

        fixture.until(
                () -> {
                    fixture.works("type = 'mail.send'");
                    return fixture.count("type = 'mail.send' AND state = 'SUCCEEDED'") == 300;
                });
        fixture.until(() -> fixture.now(repair).progress().succeeded() == 300);

        assertThat(fixture.now(repair).state()).isEqualTo(RepairState.RUNNING);
        assertThat(fixture.now(repair).note())
                .contains("The queue pdf was paused by ada (fonts are missing)");
        assertThat(fixture.count("type = 'pdf.render' AND state = 'DEAD'")).isEqualTo(1_200);

        fixture.store.writing(handle -> fixture.holds.resume(handle, HoldKind.QUEUE, "pdf"));
        fixture.until(
                () -> {
                    fixture.works("1 = 1");
                    return fixture.now(repair).state() == RepairState.DONE;
                });
        assertThat(fixture.count("state = 'SUCCEEDED'")).isEqualTo(1_500);
        assertThat(fixture.now(repair).progress().moved()).isEqualTo(1_500);
        assertThat(fixture.now(repair).note()).isEmpty();
        assertThat(fixture.takenTwice()).isZero();
    }

    @Test
    void aProbeWhoseQueueIsPausedIsNotWaitedFor() {
        Repair repair = fixture.start(fixture.preview(RepairAct.RETRY, JobFilter.ALL), 100);
        fixture.until(() -> fixture.count("type = 'pdf.render' AND state = 'READY'") == 1);
        pause(HoldKind.QUEUE, "pdf");

        fixture.until(
                () -> {
                    fixture.works("type = 'mail.send'");
                    return fixture.now(repair).state() == RepairState.RUNNING;
                });
        assertThat(fixture.count("type = 'mail.send' AND state = 'SUCCEEDED'")).isEqualTo(1);
        assertThat(fixture.count("type = 'pdf.render' AND state = 'READY'")).isEqualTo(1);
    }

    @Test
    void whatWasPutBackBeforeThePauseTakesNoRoomFromTheOthers() {
        Repair repair = fixture.start(fixture.preview(RepairAct.RETRY, JobFilter.ALL), 20);
        fixture.until(
                () -> {
                    fixture.works("type = 'pdf.render' AND seq <= 20");
                    return fixture.count("state = 'READY'") >= 150;
                });
        pause(HoldKind.TYPE, "pdf.render");

        fixture.until(
                () -> {
                    fixture.works("type = 'mail.send'");
                    return fixture.count("type = 'mail.send' AND state = 'SUCCEEDED'") == 300;
                });
        assertThat(fixture.now(repair).note()).contains("The type pdf.render was paused by ada");
    }

    @Test
    void aTypeOfWhichFewMayRunIsPutBackAsItGetsOn() {
        fixture.store.writing(
                handle ->
                        handle.execute(
                                "INSERT INTO job_limit (type, most, set_by, reason, set_at)"
                                        + " VALUES ('pdf.render', 1, 'ada', '', 0)"));
        Repair repair = fixture.start(fixture.preview(RepairAct.RETRY, JobFilter.ALL), 100);

        fixture.until(
                () -> {
                    fixture.works("type = 'mail.send'");
                    fixture.works(
                            "seq = (SELECT min(seq) FROM job WHERE type = 'pdf.render'"
                                    + " AND state = 'READY')");
                    return fixture.count("type = 'mail.send' AND state = 'SUCCEEDED'") == 300;
                });

        // ten seconds' worth and a step's, not all before the first can fail again
        assertThat(fixture.count("type = 'pdf.render' AND state = 'READY'"))
                .isBetween(100L, 1_100L);
        for (int i = 0; i < 30; i++) {
            fixture.clock.forward(Duration.ofMillis(200));
            fixture.runner.tick();
        }
        assertThat(fixture.now(repair).note())
                .contains("Of the type pdf.render at most 1 run at once");

        fixture.until(
                () -> {
                    fixture.works("1 = 1");
                    return fixture.now(repair).state() == RepairState.DONE;
                });
        assertThat(fixture.count("state = 'SUCCEEDED'")).isEqualTo(1_500);
        assertThat(fixture.takenTwice()).isZero();
    }

    @Test
    void nothingIsMovedToAPausedQueueBeforeItGoesOn() {
        pause(HoldKind.QUEUE, "slow");
        Repair repair = fixture.preview(new NewRepair(RepairAct.MOVE, RepairFixture.CARD, "slow"));
        assertThat(repair.note()).contains("The queue slow was paused by ada");
        fixture.start(repair, 100);
        for (int i = 0; i < 50; i++) {
            fixture.clock.forward(Duration.ofMillis(200));
            fixture.runner.tick();
        }
        assertThat(fixture.now(repair).state()).isEqualTo(RepairState.PROBING);
        assertThat(fixture.count("queue = 'slow'")).isZero();
        assertThat(fixture.now(repair).note()).contains("The queue slow was paused by ada");

        fixture.store.writing(handle -> fixture.holds.resume(handle, HoldKind.QUEUE, "slow"));
        fixture.until(
                () -> {
                    fixture.works("1 = 1");
                    return fixture.now(repair).state() == RepairState.DONE;
                });
        assertThat(fixture.count("queue = 'slow' AND state = 'SUCCEEDED'")).isEqualTo(300);
    }

    @Test
    void aPauseThatConcernsNoneOfThemIsNotTold() {
        pause(HoldKind.QUEUE, "pdf");
        Repair repair = fixture.preview(RepairAct.RETRY, RepairFixture.CARD);
        assertThat(repair.note()).isEmpty();
        fixture.start(repair, 500);
        fixture.until(
                () -> {
                    fixture.works("1 = 1");
                    assertThat(fixture.now(repair).note()).doesNotContain("paused");
                    return fixture.now(repair).state() == RepairState.DONE;
                });
        assertThat(fixture.count("type = 'pdf.render' AND state = 'DEAD'")).isEqualTo(1_200);
    }

    private void pause(HoldKind kind, String name) {
        fixture.store.writing(
                handle ->
                        fixture.holds.pause(
                                handle, kind, name, new Pause("fonts are missing", null), "ada"));
    }
}
