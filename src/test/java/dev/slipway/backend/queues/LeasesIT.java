package dev.slipway.backend.queues;

import static dev.slipway.backend.queues.QueueFixture.handler;
import static dev.slipway.backend.queues.QueueFixture.quick;
import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.queues.JobState;
import dev.slipway.testing.TestClock;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A job stays with its worker while that lives, and goes to another when it does not.
@ParameterizedClass
@EnumSource(Adapters.class)
class LeasesIT {
    private static final Instant START = Instant.parse("2026-11-22T03:00:00Z");

    private final TestClock clock;
    @AutoClose private final QueueFixture fixture;

    LeasesIT(Adapters adapter, @TempDir Path folder) {
        clock = adapter.clock(START);
        fixture = new QueueFixture(adapter, folder, clock);
    }

    @Test
    void progressIsNewsUntilItsTransactionStands() {
        String id = fixture.publish("count", "k", 3);
        Instant now = clock.instant();
        Instant until = now.plusSeconds(10);
        StoredJob held =
                fixture.store.write(h -> new Claims("w").take(h, id, now, until).orElseThrow());
        var run = new JobRun(held, false, until, QueueFixture.JSON, clock);
        var leases = new Leases("w");
        run.progress(3, 10);

        // one that the database undid
        fixture.store.alongside(h -> run.keep(h, leases, until));
        JobRun.Kept again = fixture.store.alongside(h -> run.keep(h, leases, until));
        assertThat(again.changed()).isTrue();
        run.kept(again);
        assertThat(run.hasNews()).isFalse();

        run.progress(4, 10);
        JobRun.Kept four = fixture.store.alongside(h -> run.keep(h, leases, until));
        run.progress(5, 10);
        run.kept(four);
        assertThat(run.hasNews()).isTrue();
    }

    @Test
    void anotherWorkerTakesOverWhenTheLeaseEndsAndTheFirstIsToldToStop() {
        String id = fixture.publish("slow", "k", 1);
        var firstStarted = new CountDownLatch(1);
        var firstWasTold = new CountDownLatch(1);
        JobHandler frozen =
                handler(
                        "slow",
                        job -> {
                            firstStarted.countDown();
                            eventually("done", () -> fixture.is(id, JobState.SUCCEEDED));
                            if (job.stopping()) {
                                firstWasTold.countDown();
                            }
                        });
        // a worker that renews nothing: its clock of ticks stands as if the process were suspended
        WorkerSettings suspended =
                new WorkerSettings(
                        1,
                        Duration.ofSeconds(10),
                        Duration.ofDays(1),
                        Duration.ofDays(1),
                        Duration.ofMillis(10),
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(10),
                        3);
        // nor does any message lie with it
        fixture.start(fixture.unfed("frozen", suspended, frozen));
        eventually("the first has it", () -> firstStarted.getCount() == 0);
        clock.forward(Duration.ofSeconds(9));
        assertThat(fixture.job(id).worker()).isEqualTo("frozen");
        clock.forward(Duration.ofSeconds(2));
        fixture.worker("second", quick(1), handler("slow", _ -> {}));

        eventually("done", () -> fixture.is(id, JobState.SUCCEEDED));
        eventually("told", () -> firstWasTold.getCount() == 0);
        assertThat(fixture.job(id).worker()).isEqualTo("second");
        assertThat(fixture.job(id).attempt()).isEqualTo(1);
        assertThat(fixture.log(id))
                .containsExactly("The worker before stopped answering; begun again.");
    }

    @Test
    void aRunningJobKeepsItsLeaseHoweverLongItTakes() {
        String id = fixture.publish("long", "k", 1);
        var runs = new AtomicInteger();
        var go = new CountDownLatch(1);
        JobHandler patient =
                handler(
                        "long",
                        _ -> {
                            runs.incrementAndGet();
                            go.await();
                        });
        fixture.worker("a", quick(1), patient);
        fixture.worker("b", quick(1), patient);
        eventually("running", () -> runs.get() == 1);
        for (int i = 0; i < 10; i++) {
            Instant before = clock.instant();
            clock.forward(Duration.ofSeconds(4));
            eventually("renewed", () -> dueAt(id).isAfter(before.plusSeconds(12)));
        }
        go.countDown();

        eventually("done", () -> fixture.is(id, JobState.SUCCEEDED));
        assertThat(runs).hasValue(1);
    }

    @Test
    void aJobThatKillsItsWorkersIsBuriedInTheEnd() {
        String id = fixture.publish("killer", "k", 1);
        for (int i = 0; i < 3; i++) {
            assertThat(fixture.take("dying", id)).isTrue();
            clock.forward(Duration.ofSeconds(11));
        }
        var runs = new AtomicInteger();
        fixture.worker("a", quick(1), handler("killer", _ -> runs.incrementAndGet()));

        eventually("buried", () -> fixture.is(id, JobState.DEAD));
        assertThat(runs).hasValue(0);
        assertThat(fixture.job(id).error()).contains("died 3 times");
    }

    /// What runs for weeks sees many workers die.
    @Test
    void workersThatDiedOverAResidentJobAreForgottenOnceItRuns() {
        String id = fixture.publish("stays", "k", 1);
        for (int life = 0; life < 3; life++) {
            dies(id);
            dies(id);
            var worker =
                    fixture.worker(
                            "w" + life,
                            quick(1),
                            QueueFixture.resident(
                                    "stays", job -> eventually("told", job::stopping)));
            eventually("running", () -> fixture.is(id, JobState.RUNNING));
            for (int i = 0; i < 20; i++) {
                Instant before = clock.instant();
                clock.forward(Duration.ofSeconds(4));
                eventually("renewed", () -> dueAt(id).isAfter(before.plusSeconds(12)));
            }
            assertThat(losses(id)).isZero();
            worker.close();
        }
        assertThat(fixture.job(id).state()).isEqualTo(JobState.READY);
    }

    private void dies(String id) {
        assertThat(fixture.take("dying", id)).isTrue();
        clock.forward(Duration.ofSeconds(11));
    }

    private int losses(String id) {
        return fixture.store.read(
                handle ->
                        handle.createQuery("SELECT losses FROM job WHERE id = :id")
                                .bind("id", id)
                                .mapTo(Integer.class)
                                .one());
    }

    @Test
    void drainingGivesTheJobBackAndItsAttemptDoesNotCount() throws Exception {
        String id = fixture.publish("stepwise", "k", 1);
        var started = new CountDownLatch(1);
        Worker first =
                fixture.worker(
                        "first",
                        quick(1),
                        handler(
                                "stepwise",
                                job -> {
                                    started.countDown();
                                    eventually("told to stop", job::stopping);
                                }));
        started.await();
        first.drain(Duration.ofSeconds(10));

        assertThat(fixture.job(id).state()).isEqualTo(JobState.READY);
        assertThat(fixture.job(id).attempt()).isZero();
        fixture.worker("second", quick(1), handler("stepwise", _ -> {}));
        eventually("done", () -> fixture.is(id, JobState.SUCCEEDED));
        assertThat(fixture.job(id).attempt()).isEqualTo(1);
    }

    private Instant dueAt(String id) {
        return Instant.ofEpochMilli(
                fixture.store.read(
                        handle ->
                                handle.createQuery("SELECT due_at FROM job WHERE id = :id")
                                        .bind("id", id)
                                        .mapTo(Long.class)
                                        .one()));
    }
}
