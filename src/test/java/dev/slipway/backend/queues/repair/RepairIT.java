package dev.slipway.backend.queues.repair;

import static dev.slipway.backend.queues.repair.RepairFixture.CARD;
import static dev.slipway.backend.queues.repair.RepairFixture.START;
import static dev.slipway.backend.queues.repair.RepairFixture.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.queues.NewRepair;
import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.RepairAct;
import dev.slipway.api.queues.RepairState;
import dev.slipway.api.queues.Untouched;
import dev.slipway.testing.Effects;
import dev.slipway.testing.FailedJobs.Lot;
import dev.slipway.testing.States;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// What becomes of the jobs of a repair, and of the repair, to its end.
@ParameterizedClass
@EnumSource(States.class)
class RepairIT {
    @AutoClose private final RepairFixture fixture;

    RepairIT(States states, @TempDir Path folder) {
        fixture = new RepairFixture(states, folder);
    }

    @Test
    void aHundredThousandAreTakenOnceEachAndNoneThatFailedLater() {
        fixture.failed("order", 100_000, "card");
        Repair repair = fixture.start(fixture.preview(RepairAct.RETRY, CARD), 10_000);
        fixture.clock.forward(Duration.ofSeconds(1));
        fixture.failed(new Lot("later", 300, "mail", "mail.send", "card", START.plusMillis(1)));

        fixture.until(
                () -> {
                    fixture.work(0);
                    return fixture.now(repair).state() == RepairState.DONE;
                });

        Repair done = fixture.now(repair);
        assertThat(done.progress().moved()).isEqualTo(100_000);
        assertThat(done.progress().succeeded()).isEqualTo(100_000);
        assertThat(fixture.count("state = 'SUCCEEDED'")).isEqualTo(100_000);
        assertThat(fixture.count("state = 'DEAD'")).isEqualTo(300);
        assertThat(fixture.count("1 = 1")).isEqualTo(100_300);
        assertThat(fixture.takenTwice()).isZero();
    }

    @Test
    void aCancelInTheMiddleLeavesTheOthersAsTheyWere() {
        fixture.failed("order", 20_000, "card");
        Repair repair = fixture.start(fixture.preview(RepairAct.RETRY, CARD), 2_000);
        fixture.until(
                () -> {
                    fixture.work(0);
                    return fixture.now(repair).progress().moved() > 5_000;
                });
        Effects.done(fixture.store, fixture.service.cancel(repair.id(), "enough"));
        long moved = fixture.now(repair).progress().moved();
        for (int i = 0; i < 50; i++) {
            fixture.clock.forward(Duration.ofSeconds(1));
            fixture.runner.tick();
            fixture.work(0);
        }

        Repair cancelled = fixture.now(repair);
        assertThat(cancelled.state()).isEqualTo(RepairState.CANCELLED);
        assertThat(cancelled.progress().moved()).isEqualTo(moved);
        assertThat(cancelled.progress().succeeded()).isEqualTo(moved);
        assertThat(fixture.count("state = 'DEAD'")).isEqualTo(20_000 - moved);
        assertThat(fixture.store.read(fixture.repairs::open)).isEmpty();
    }

    @Test
    void aPauseHoldsAndAResumeProbesAgain() {
        fixture.failed("order", 5_000, "card");
        Repair repair = fixture.start(fixture.preview(RepairAct.RETRY, CARD), 1_000);
        fixture.until(
                () -> {
                    fixture.work(0);
                    return fixture.now(repair).progress().moved() > 1_000;
                });
        Effects.done(fixture.store, fixture.service.pause(repair.id(), "look first"));
        long moved = fixture.now(repair).progress().moved();
        fixture.work(0);
        for (int i = 0; i < 20; i++) {
            fixture.clock.forward(Duration.ofSeconds(1));
            fixture.runner.tick();
        }
        assertThat(fixture.now(repair).progress().moved()).isEqualTo(moved);

        Effects.done(fixture.store, fixture.service.resume(repair.id()));
        for (int i = 0; i < 20; i++) {
            fixture.clock.forward(Duration.ofSeconds(1));
            fixture.runner.tick();
        }
        assertThat(fixture.now(repair).progress().moved()).isEqualTo(moved + 1);
        fixture.until(
                () -> {
                    fixture.work(0);
                    return fixture.now(repair).state() == RepairState.DONE;
                });
        assertThat(fixture.count("state = 'SUCCEEDED'")).isEqualTo(5_000);
        assertThat(fixture.takenTwice()).isZero();
    }

    @Test
    void twoBackendsAtOnceTakeNoJobTwice() {
        fixture.failed("order", 20_000, "card");
        Repair repair = fixture.start(fixture.preview(RepairAct.DISCARD, CARD), 10_000);
        RepairRunner other = fixture.runner("two");
        fixture.until(
                () -> {
                    var both = CompletableFuture.runAsync(other::tick);
                    fixture.runner.tick();
                    both.join();
                    // the lease of one of them ends again and again
                    fixture.clock.forward(Duration.ofSeconds(11));
                    return fixture.now(repair).state() == RepairState.DONE;
                });

        assertThat(fixture.count("state = 'DISCARDED'")).isEqualTo(20_000);
        assertThat(fixture.now(repair).progress().moved()).isEqualTo(20_000);
        assertThat(fixture.takenTwice()).isZero();
    }

    @Test
    void aMoveBringsThemToTheOtherQueueAndRunsThemThere() {
        fixture.failed("order", 300, "card");
        Repair repair =
                fixture.start(
                        fixture.preview(new NewRepair(RepairAct.MOVE, CARD, "hospital")), 1_000);
        fixture.until(
                () -> {
                    fixture.work(0);
                    return fixture.now(repair).state() == RepairState.DONE;
                });

        assertThat(fixture.count("queue = 'hospital' AND state = 'SUCCEEDED'")).isEqualTo(300);
        long dead =
                fixture.store.read(
                        handle ->
                                handle.createQuery(
                                                "SELECT coalesce(sum(jobs), 0) FROM queue_count"
                                                        + " WHERE state = 'DEAD'")
                                        .mapTo(Long.class)
                                        .one());
        assertThat(dead).isZero();
    }

    @Test
    void whatSomeoneElseTookMeanwhileIsSaid() {
        fixture.failed("order", 100, "card");
        Repair repair = fixture.preview(RepairAct.DISCARD, CARD);
        fixture.store.writing(
                handle ->
                        handle.execute(
                                "UPDATE job SET state = 'READY', due_at = 1, ended_at = NULL"
                                        + " WHERE subject LIKE 'order 1%'"));
        fixture.start(repair, 1_000);
        fixture.until(repair, RepairState.DONE);

        Repair done = fixture.now(repair);
        // 1, 10 to 19 and 100
        assertThat(done.progress().moved()).isEqualTo(88);
        assertThat(done.preview().untouched())
                .contains(new Untouched(Untouched.Cause.GONE, 12, false));
    }

    @Test
    void workThatMayBeUnderWayOnlyOnceIsPutBackOnlyOnce() {
        fixture.failed("order", 60, "card");
        fixture.store.writing(
                handle -> {
                    // of 1 to 6 the probe goes and, when it has ended, the newest; of 7 and 10
                    // to 19 the newest, when 20 has ended
                    handle.execute("UPDATE job SET alive_key = 'a' WHERE seq BETWEEN 1 AND 6");
                    handle.execute(
                            "UPDATE job SET alive_key = 'b' WHERE seq = 7 OR seq BETWEEN 10 AND 20");
                    handle.execute(
                            "UPDATE job SET state = 'READY', due_at = 1, ended_at = NULL"
                                    + " WHERE seq = 20");
                });
        Repair repair = fixture.start(fixture.preview(RepairAct.RETRY, CARD), 1_000);
        fixture.until(
                () -> {
                    fixture.work(0);
                    return fixture.now(repair).state() == RepairState.DONE;
                });

        assertThat(fixture.count("state = 'DEAD'")).isEqualTo(4 + 10);
        assertThat(fixture.count("alive_key = 'a' AND state = 'SUCCEEDED'")).isEqualTo(2);
        assertThat(fixture.count("alive_key = 'b' AND state = 'SUCCEEDED'")).isEqualTo(2);
        assertThat(fixture.now(repair).progress().moved()).isEqualTo(60 - 1 - 14);
        assertThat(fixture.takenTwice()).isZero();
    }

    @Test
    void oneThatMeetsAFaultHoldsUpNoOther() {
        fixture.failed("order", 10, "card");
        fixture.failed("refund", 10, "bank");
        Repair broken = fixture.start(fixture.preview(RepairAct.RETRY, CARD), 1_000);
        Repair other =
                fixture.start(
                        fixture.preview(RepairAct.RETRY, filter("mail", "mail.send", "bank", null)),
                        1_000);
        fixture.store.writing(
                h -> h.execute("UPDATE repair SET work = 'nonsense' WHERE id = ?", broken.id()));

        fixture.runner.tick();

        assertThat(fixture.now(other).progress().moved()).isEqualTo(1);
    }

    @Test
    void aPausedRepairIsCountedOnlyWhileItsJobsAreUnderWay() {
        fixture.failed("order", 10, "card");
        Repair repair = fixture.start(fixture.preview(RepairAct.RETRY, CARD), 1_000);
        fixture.until(() -> fixture.now(repair).progress().moved() == 1);
        Effects.done(fixture.store, fixture.service.pause(repair.id(), "lunch"));
        fixture.clock.forward(Duration.ofSeconds(2));
        fixture.runner.tick();
        assertThat(fixture.now(repair).progress().waiting()).isEqualTo(1);
        fixture.work(0);
        fixture.clock.forward(Duration.ofSeconds(2));
        fixture.runner.tick();
        assertThat(fixture.now(repair).progress().succeeded()).isEqualTo(1);

        String counted = row(repair);
        fixture.clock.forward(Duration.ofSeconds(2));
        fixture.runner.tick();
        assertThat(row(repair)).isEqualTo(counted);

        // someone has it run once more
        fixture.store.writing(
                h -> h.execute("UPDATE job SET state = 'READY', due_at = 1 WHERE repair > 0"));
        fixture.runner.tick();
        assertThat(fixture.now(repair).progress().waiting()).isEqualTo(1);
        assertThat(fixture.now(repair).state()).isEqualTo(RepairState.PAUSED);
    }

    private String row(Repair repair) {
        return fixture.store.read(
                handle ->
                        handle.createQuery("SELECT work FROM repair WHERE id = :id")
                                .bind("id", repair.id())
                                .mapTo(String.class)
                                .one());
    }

    @Test
    void itsEndIsInTheAuditLogWithItsCounts() {
        fixture.failed("order", 10, "card");
        Repair repair = fixture.start(fixture.preview(RepairAct.DISCARD, CARD), 1_000);
        fixture.until(repair, RepairState.DONE);

        String reason =
                fixture.store.read(
                        handle ->
                                handle.createQuery(
                                                "SELECT reason FROM audit WHERE subject = :id"
                                                        + " AND account = 'olga'")
                                        .bind("id", repair.id())
                                        .mapTo(String.class)
                                        .one());
        assertThat(reason).contains("discard all failed jobs", "fingerprint card", "took 10 of 10");
    }
}
