package dev.slipway.backend.queues;

import static dev.slipway.backend.queues.QueueFixture.handler;
import static dev.slipway.backend.queues.QueueFixture.quick;
import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import dev.slipway.api.queues.Attempt;
import dev.slipway.api.queues.AttemptEnd;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobState;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.queues.JobQueue.NewJob;
import dev.slipway.testing.Effects;
import dev.slipway.testing.TestClock;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// One id for life: what each worker did to a job stays to be read, and a person may end it.
@ParameterizedClass
@EnumSource(Adapters.class)
class JobLifeIT {
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Instant START = Instant.parse("2026-11-22T03:00:00Z");

    private final Adapters adapter;
    private final TestClock clock;
    @AutoClose private final QueueFixture fixture;
    private final QueueService service;

    JobLifeIT(Adapters adapter, @TempDir Path folder) {
        this.adapter = adapter;
        clock = adapter.clock(START);
        fixture = new QueueFixture(adapter, folder, clock);
        service = new QueueService(fixture.store, fixture.events, clock, LEASE);
    }

    @Test
    void eachAttemptIsKeptWithItsWorkerItsTimesAndItsError() {
        String id = fixture.publish("poison", "order 7", 2);
        fixture.worker(
                "w",
                quick(1),
                handler(
                        "poison",
                        _ -> {
                            clock.forward(Duration.ofSeconds(1));
                            throw new IllegalStateException("no vendor");
                        }));
        eventually("failed once", () -> fixture.is(id, JobState.RETRYING));
        clock.forward(Duration.ofSeconds(5));
        eventually("dead", () -> fixture.is(id, JobState.DEAD));

        List<Attempt> attempts = service.attempts(id);
        assertThat(attempts).extracting(Attempt::number).containsExactly(1L, 2L);
        assertThat(attempts).extracting(Attempt::attempt).containsExactly(1, 2);
        assertThat(attempts).extracting(Attempt::worker).containsOnly("w");
        assertThat(attempts).extracting(Attempt::end).containsOnly(AttemptEnd.FAILED);
        assertThat(attempts)
                .extracting(Attempt::error)
                .containsOnly("IllegalStateException: no vendor");
        assertThat(attempts)
                .extracting(Attempt::fingerprint)
                .containsOnly(requireNonNull(fixture.job(id).fingerprint()));
        assertThat(attempts.getFirst().startedAt()).satisfies(at -> isAfter(0, at));
        assertThat(attempts.getFirst().endedAt()).satisfies(at -> isAfter(1, at));
        assertThat(attempts)
                .allSatisfy(a -> assertThat(requireNonNull(a.cpuMillis())).isNotNegative());
    }

    @Test
    void theCpuTimeOfTheHandlersThreadIsMeasured() {
        String id = fixture.publish("busy", "k", 1);
        var sum = new AtomicInteger();
        fixture.worker(
                "w",
                quick(1),
                handler(
                        "busy",
                        _ -> {
                            var cpu = java.lang.management.ManagementFactory.getThreadMXBean();
                            long end = cpu.getCurrentThreadCpuTime() + 150_000_000L;
                            while (cpu.getCurrentThreadCpuTime() < end) {
                                sum.incrementAndGet();
                            }
                        }));
        eventually("done", () -> fixture.is(id, JobState.SUCCEEDED));

        assertThat(requireNonNull(service.attempts(id).getFirst().cpuMillis()))
                .isGreaterThanOrEqualTo(150);
    }

    @Test
    void anAttemptWhoseWorkerDiedEndsAsLost() {
        String id = fixture.publish("slow", "k", 3);
        take("dying", id);
        assertThat(service.attempts(id).getFirst().end()).isNull();
        clock.forward(Duration.ofSeconds(11));
        fixture.worker("second", quick(1), handler("slow", _ -> {}));
        eventually("done", () -> fixture.is(id, JobState.SUCCEEDED));

        List<Attempt> attempts = service.attempts(id);
        assertThat(attempts)
                .extracting(Attempt::end)
                .containsExactly(AttemptEnd.LOST, AttemptEnd.SUCCEEDED);
        assertThat(attempts).extracting(Attempt::worker).containsExactly("dying", "second");
        // it was not the job that failed: both are its first attempt
        assertThat(attempts).extracting(Attempt::attempt).containsExactly(1, 1);
        assertThat(attempts.getFirst().endedAt()).satisfies(at -> isAfter(11, at));
    }

    @Test
    void whatIsHandedBackAndWhatWaitsAreAttemptsThatDoNotCount() throws Exception {
        String id = fixture.publish("stepwise", "k", 1);
        var calls = new AtomicInteger();
        JobHandler steps =
                handler(
                        "stepwise",
                        job -> {
                            if (calls.incrementAndGet() == 1) {
                                throw new JobLater(
                                        clock.instant().plusSeconds(60), "the window is closed");
                            }
                            eventually("told to stop", job::stopping);
                        });
        Worker worker = fixture.worker("w", quick(1), steps);
        eventually("it waits", () -> fixture.job(id).attempt() == 0 && calls.get() == 1);
        clock.forward(Duration.ofSeconds(61));
        eventually("again", () -> calls.get() == 2);
        worker.drain(Duration.ofSeconds(10));

        assertThat(service.attempts(id))
                .extracting(Attempt::end)
                .containsExactly(AttemptEnd.WAITS, AttemptEnd.HANDED_BACK);
        assertThat(fixture.job(id).state()).isEqualTo(JobState.READY);
    }

    @Test
    void theOldestOfVeryManyAttemptsAreForgotten() {
        String id = fixture.publish("waits", "k", 1);
        fixture.store.writing(
                handle ->
                        handle.createUpdate("UPDATE job SET lease = 600 WHERE id = :id")
                                .bind("id", id)
                                .execute());
        fixture.store.writing(
                handle -> {
                    for (int i = 1; i <= 600; i++) {
                        handle.createUpdate(
                                        """
                                        INSERT INTO job_attempt (job, number, attempt, worker,
                                            started_at, ended_at, ending)
                                        SELECT seq, :i, 1, 'w', 0, 0, 'WAITS' FROM job
                                        WHERE id = :id""")
                                .bind("i", i)
                                .bind("id", id)
                                .execute();
                    }
                });
        take("w", id);

        assertThat(service.attempts(id)).hasSize(Attempts.MOST);
        assertThat(service.attempts(id).getLast().number()).isEqualTo(601);
    }

    @Test
    void aJobThatWaitsIsCancelledAtOnceWithWhoAndWhy() {
        String id = fixture.publish("mail", "k", 1);

        Job after = Effects.done(fixture.store, service.cancel(id, "olga", "the vendor has left"));

        assertThat(after.state()).isEqualTo(JobState.DISCARDED);
        assertThat(requireNonNull(after.stop()).by()).isEqualTo("olga");
        assertThat(requireNonNull(after.stop()).reason()).isEqualTo("the vendor has left");
        assertThat(requireNonNull(after.stop()).at()).satisfies(at -> isAfter(0, at));
        assertThat(fixture.log(id)).containsExactly("Discarded by olga: the vendor has left");
        // a second press is harmless
        assertThat(Effects.done(fixture.store, service.cancel(id, "omar", "me too")))
                .isEqualTo(after);
        // and a retry forgets who gave it up
        assertThat(Effects.done(fixture.store, service.retry(id, "olga")).stop()).isNull();
    }

    @Test
    void aSecondCancelOfARunningJobKeepsTheFirstsName() {
        String id = fixture.publish("slow", "k", 1);
        take("w", id);
        Effects.done(fixture.store, service.cancel(id, "olga", "first"));

        Job second = Effects.done(fixture.store, service.cancel(id, "omar", "second"));

        assertThat(second.stopping()).isTrue();
        assertThat(requireNonNull(second.stop()).by()).isEqualTo("olga");
        assertThat(fixture.log(id)).containsExactly("Told to stop by olga: first");
    }

    @Test
    void whatHasEndedIsNotCancelled() {
        String id = fixture.publish("fine", "k", 1);
        fixture.worker("a", quick(1), handler("fine", _ -> {}));
        eventually("done", () -> fixture.is(id, JobState.SUCCEEDED));

        assertThatThrownBy(() -> Effects.done(fixture.store, service.cancel(id, "olga", "")))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("ended already");
    }

    @Test
    void aCancelledJobThatIsDoneBeforeItSeesItIsDone() throws Exception {
        String id = fixture.publish("blind", "k", 1);
        var started = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        fixture.worker(
                "a",
                quick(1),
                handler(
                        "blind",
                        _ -> {
                            started.countDown();
                            go.await();
                        }));
        started.await();
        Effects.done(fixture.store, service.cancel(id, "olga", ""));
        go.countDown();

        eventually("done", () -> fixture.is(id, JobState.SUCCEEDED));
    }

    @Test
    void aCancelledJobThatFailsIsNotTriedAgain() throws Exception {
        String id = fixture.publish("fails", "k", 5);
        var started = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        fixture.worker(
                "a",
                quick(1),
                handler(
                        "fails",
                        _ -> {
                            started.countDown();
                            go.await();
                            throw new IllegalStateException("broke");
                        }));
        started.await();
        Effects.done(fixture.store, service.cancel(id, "olga", ""));
        go.countDown();

        eventually("given up", () -> fixture.is(id, JobState.DISCARDED));
        assertThat(fixture.job(id).error()).isEqualTo("IllegalStateException: broke");
        assertThat(service.attempts(id))
                .extracting(Attempt::end)
                .containsExactly(AttemptEnd.FAILED);
    }

    @Test
    void aCancelledJobWhoseWorkerDiedIsNotRunByAnother() {
        String id = fixture.publish("slow", "k", 1);
        take("dying", id);
        Effects.done(fixture.store, service.cancel(id, "olga", ""));
        clock.forward(Duration.ofSeconds(11));
        var runs = new AtomicInteger();
        fixture.worker("second", quick(1), handler("slow", _ -> runs.incrementAndGet()));

        eventually("ended", () -> fixture.is(id, JobState.DISCARDED));
        assertThat(runs).hasValue(0);
    }

    @Test
    void whereNoWorkerIsLeftTheServerEndsIt() {
        String id = fixture.publish("slow", "k", 1);
        take("dying", id);
        Effects.done(fixture.store, service.cancel(id, "olga", ""));
        try (var watch = fixture.holdWatch()) {
            watch.look();
            assertThat(fixture.job(id).state()).isEqualTo(JobState.RUNNING);
            clock.forward(Duration.ofSeconds(11));
            watch.look();
        }

        assertThat(fixture.job(id).state()).isEqualTo(JobState.DISCARDED);
        assertThat(service.attempts(id)).extracting(Attempt::end).containsExactly(AttemptEnd.LOST);
    }

    @Test
    void ofOneKeyAtMostOneJobIsAlive() {
        String first = alone("run 1");
        assertThat(alone("run 2")).isEqualTo(first);
        Effects.done(fixture.store, service.discard(first, "olga", ""));

        String second = alone("run 3");
        assertThat(second).isNotEqualTo(first);
        assertThatThrownBy(() -> Effects.done(fixture.store, service.retry(first, "olga")))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(second);
        assertThat(fixture.job(first).state()).isEqualTo(JobState.DISCARDED);
    }

    @Test
    void aJobDoesNotStartBeforeItsTime() {
        String id =
                fixture.store.write(
                        handle ->
                                fixture.queue.publish(
                                        handle,
                                        new NewJob("work", "later", "s", "k", "p", 1)
                                                .notBefore(START.plusSeconds(60))));
        fixture.worker("a", quick(1), handler("later", _ -> {}));
        String other = fixture.publish("later", "other", 1);
        eventually("the other is done", () -> fixture.is(other, JobState.SUCCEEDED));

        assertThat(fixture.job(id).state()).isEqualTo(JobState.READY);
        clock.forward(Duration.ofSeconds(61));
        eventually("done", () -> fixture.is(id, JobState.SUCCEEDED));
    }

    private String alone(String key) {
        return fixture.store.write(
                handle ->
                        fixture.queue.publish(
                                handle,
                                new NewJob("work", "export", "s", key, "p", 1)
                                        .aloneBy("the-export")));
    }

    /// Exactly so where the clock stands, and not before where it goes.
    private void isAfter(int seconds, @Nullable Instant at) {
        Instant expected = START.plusSeconds(seconds);
        assertThat(at).isBetween(expected, adapter.broker() ? clock.instant() : expected);
    }

    private void take(String worker, String id) {
        assertThat(fixture.take(worker, id)).isTrue();
    }
}
