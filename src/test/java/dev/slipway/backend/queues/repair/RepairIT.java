package dev.slipway.backend.queues.repair;

import static dev.slipway.backend.queues.repair.RepairFixture.CARD;
import static dev.slipway.backend.queues.repair.RepairFixture.START;
import static dev.slipway.backend.queues.repair.RepairFixture.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.queues.HoldKind;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobFilter;
import dev.slipway.api.queues.NewRepair;
import dev.slipway.api.queues.Pause;
import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.RepairAct;
import dev.slipway.api.queues.RepairState;
import dev.slipway.api.queues.StartRepair;
import dev.slipway.api.queues.Untouched;
import dev.slipway.backend.http.Refused;
import dev.slipway.testing.Effects;
import dev.slipway.testing.FailedJobs.Lot;
import dev.slipway.testing.States;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

@ParameterizedClass
@EnumSource(States.class)
class RepairIT {
    private final States states;

    RepairIT(States states) {
        this.states = states;
    }

    @SuppressWarnings("NullAway.Init")
    private RepairFixture fixture;

    @BeforeEach
    void open(@TempDir Path folder) {
        fixture = new RepairFixture(states, folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void countsExactlyWhatMatchesAndShowsTheLastFive() {
        fixture.failed("order", 30_000, "card");
        fixture.failed("refund", 500, "bank");
        fixture.failed(new Lot("pdf", 400, "pdf", "pdf.render", "font", START.minusSeconds(7_200)));

        Repair all = fixture.preview(RepairAct.RETRY, JobFilter.ALL);
        assertThat(all.state()).isEqualTo(RepairState.COUNTED);
        assertThat(all.preview().total()).isEqualTo(fixture.count("state = 'DEAD'"));
        assertThat(all.preview().searched()).isEqualTo(30_900);
        assertThat(all.preview().samples())
                .extracting(Job::subject)
                .containsExactly(
                        "order 30000", "order 29999", "order 29998", "order 29997", "order 29996");

        assertThat(total(filter(null, null, "bank", null))).isEqualTo(500);
        assertThat(total(filter("mail", "mail.send", "card", "ORDER 777")))
                .isEqualTo(fixture.count("subject LIKE 'order 777%'"))
                .isEqualTo(11);
        var hour = START.minusSeconds(3_600);
        assertThat(
                        total(
                                new JobFilter(
                                        null,
                                        null,
                                        null,
                                        null,
                                        hour.plusMillis(100),
                                        hour.plusMillis(200))))
                // numbers 100 to 199 of both lots
                .isEqualTo(200);
        assertThat(fixture.count("state <> 'DEAD'")).isZero();
    }

    private long total(JobFilter filter) {
        return fixture.preview(RepairAct.RETRY, filter).preview().total();
    }

    @Test
    void saysWhatItLeavesAloneAndWhy() {
        fixture.failed("order", 40, "card");
        fixture.store.writing(
                handle ->
                        handle.execute(
                                "UPDATE job SET state = 'DISCARDED' WHERE subject LIKE 'order 1%'"));

        Repair repair = fixture.preview(RepairAct.RETRY, CARD);

        // 1 and 10 to 19
        assertThat(repair.preview().total()).isEqualTo(29);
        assertThat(repair.preview().untouched())
                .containsExactly(new Untouched(Untouched.Cause.DISCARDED, 11, false));
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
    void aPausedQueueIsSaidBeforeAndWhileItWaits() {
        fixture.failed("order", 100, "card");
        fixture.store.writing(
                handle ->
                        fixture.holds.pause(
                                handle,
                                HoldKind.QUEUE,
                                "mail",
                                new Pause("mail server down", null),
                                "ada"));

        Repair repair = fixture.preview(RepairAct.RETRY, CARD);
        assertThat(repair.note()).contains("queue mail was paused by ada (mail server down)");
        fixture.start(repair, 10);
        for (int i = 0; i < 20; i++) {
            fixture.clock.forward(Duration.ofSeconds(1));
            fixture.runner.tick();
        }
        assertThat(fixture.now(repair).state()).isEqualTo(RepairState.PROBING);
        assertThat(fixture.now(repair).note()).contains("queue mail was paused");
        assertThat(fixture.preview(RepairAct.DISCARD, CARD).note()).isEmpty();
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
    void whatCannotBeAskedForIsRefusedAndNothingIsChanged() {
        fixture.failed("order", 10, "card");
        refused(new NewRepair(RepairAct.MOVE, CARD, null), "Name the queue");
        refused(new NewRepair(RepairAct.MOVE, CARD, "mail"), "in that queue already");
        refused(new NewRepair(RepairAct.RETRY, CARD, "hospital"), "Only a move");
        refused(
                new NewRepair(RepairAct.RETRY, filter(null, null, null, "x".repeat(201)), null),
                "At most 200");

        Repair none = fixture.preview(RepairAct.RETRY, filter(null, null, "nothing", null));
        assertThatThrownBy(() -> fixture.start(none, 10))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("No failed job matches");
        Repair some = fixture.preview(RepairAct.RETRY, CARD);
        assertThatThrownBy(() -> fixture.start(some, 0)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> fixture.start(some, 10_001)).isInstanceOf(Refused.class);
        fixture.start(some, 10);
        assertThatThrownBy(() -> fixture.start(some, 10))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("probing");
        assertThat(fixture.count("state = 'DEAD'")).isEqualTo(10);
    }

    private void refused(NewRepair asked, String why) {
        assertThatThrownBy(() -> fixture.preview(asked))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(why);
    }

    @Test
    void aPreviewThatNobodyStartsIsForgotten() {
        fixture.failed("order", 10, "card");
        Repair repair = fixture.preview(RepairAct.RETRY, CARD);
        fixture.clock.forward(Duration.ofMinutes(61));
        fixture.runner.tick();

        assertThat(fixture.now(repair).state()).isEqualTo(RepairState.EXPIRED);
        assertThat(fixture.store.read(fixture.repairs::open)).isEmpty();
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
