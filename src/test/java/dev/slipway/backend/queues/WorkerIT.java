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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Workers run jobs: each once, as it was given, and fail as it says.
@ParameterizedClass
@EnumSource(Adapters.class)
class WorkerIT {
    private static final Instant START = Instant.parse("2026-11-22T03:00:00Z");

    private final Adapters adapter;
    private final TestClock clock;
    @AutoClose private final QueueFixture fixture;

    WorkerIT(Adapters adapter, @TempDir Path folder) {
        this.adapter = adapter;
        clock = adapter.clock(START);
        fixture = new QueueFixture(adapter, folder, clock);
    }

    @Test
    void runsEachJobOnceHoweverManyThreadsAndWorkersThereAre() {
        Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();
        JobHandler count =
                handler(
                        "count",
                        job ->
                                runs.computeIfAbsent(job.id(), _ -> new AtomicInteger())
                                        .incrementAndGet());
        for (int i = 0; i < 300; i++) {
            fixture.publish("count", "k" + i, 3);
        }
        fixture.worker("a", quick(4), count);
        fixture.worker("b", quick(4), count);

        eventually("all jobs are done", () -> succeeded() == 300);
        assertThat(runs).hasSize(300).allSatisfy((_, n) -> assertThat(n).hasValue(1));
    }

    @Test
    void aKeyIsPublishedOnce() {
        String first = fixture.publish("count", "the-key", 3);

        assertThat(fixture.publish("count", "the-key", 3)).isEqualTo(first);
    }

    @Test
    void givesThePayloadAndKeepsLogAndProgress() {
        String id = fixture.publish("tell", "k", 3);
        var seen = new ConcurrentHashMap<String, String>();
        fixture.worker(
                "a",
                quick(1),
                handler(
                        "tell",
                        job -> {
                            seen.put("key", (String) job.payload(Map.class).get("key"));
                            job.log("half of it");
                            job.progress(7, 8);
                        }));

        eventually("done", () -> fixture.is(id, JobState.SUCCEEDED));
        assertThat(seen).containsEntry("key", "k");
        assertThat(fixture.log(id)).containsExactly("half of it");
        assertThat(fixture.job(id).done()).isEqualTo(7);
        assertThat(fixture.job(id).total()).isEqualTo(8);
    }

    @Test
    void aPoisonJobIsBuriedAfterItsAttemptsAndGrouped() {
        String one = fixture.publish("poison", "order 4711", 2);
        String two = fixture.publish("poison", "order 9", 2);
        fixture.worker(
                "a",
                quick(2),
                handler(
                        "poison",
                        job -> {
                            throw new IllegalStateException(
                                    "no vendor for " + job.payload(Map.class).get("key"));
                        }));

        eventually("failed once", () -> fixture.is(one, JobState.RETRYING));
        assertThat(fixture.job(one).runAt())
                .isBetween(clock.instant(), clock.instant().plusSeconds(2));
        eventually("failed once", () -> fixture.is(two, JobState.RETRYING));
        clock.forward(Duration.ofSeconds(3));

        eventually("dead", () -> fixture.is(one, JobState.DEAD) && fixture.is(two, JobState.DEAD));
        assertThat(fixture.job(one).attempt()).isEqualTo(2);
        assertThat(fixture.job(one).error())
                .isEqualTo("IllegalStateException: no vendor for order 4711");
        assertThat(fixture.job(one).fingerprint())
                .isNotNull()
                .isEqualTo(fixture.job(two).fingerprint());
    }

    @Test
    void aFailureThatIsNotWorthRetryingIsBuriedAtOnce() {
        String id = fixture.publish("refuse", "k", 5);
        fixture.worker(
                "a",
                quick(1),
                handler(
                        "refuse",
                        job -> {
                            job.log("looking for an address");
                            throw new JobFailure("the vendor has no address", false, null);
                        }));

        eventually("dead", () -> fixture.is(id, JobState.DEAD));
        assertThat(fixture.job(id).attempt()).isEqualTo(1);
        assertThat(fixture.job(id).error()).isEqualTo("the vendor has no address");
        assertThat(fixture.log(id))
                .containsExactly(
                        "looking for an address", "Failed for good: the vendor has no address");
    }

    @Test
    void aResidentJobTakesNoThreadFromOthers() {
        String stays = fixture.publish("stays", "k", 1);
        var go = new CountDownLatch(1);
        fixture.worker(
                "a",
                quick(1),
                QueueFixture.resident("stays", _ -> go.await()),
                handler("passes", _ -> {}));
        eventually("running", () -> fixture.is(stays, JobState.RUNNING));

        String passes = fixture.publish("passes", "other", 1);
        eventually("done beside it", () -> fixture.is(passes, JobState.SUCCEEDED));
        assertThat(fixture.job(stays).state()).isEqualTo(JobState.RUNNING);
        go.countDown();
        eventually("done", () -> fixture.is(stays, JobState.SUCCEEDED));
    }

    @Test
    void aLongQueueDoesNotStarveAnother() {
        for (int i = 0; i < 200; i++) {
            fixture.publish("mail", "count", "mail" + i, 1);
        }
        String other = fixture.publish("invoicing", "count", "one", 1);
        var before = new AtomicInteger();
        var finished = ConcurrentHashMap.<String>newKeySet();
        fixture.worker(
                "a",
                quick(1),
                handler(
                        "count",
                        job -> {
                            finished.add(job.id());
                            if (job.id().equals(other)) {
                                before.set(finished.size());
                            }
                        }));

        eventually("done", () -> fixture.is(other, JobState.SUCCEEDED));
        // of a worker that a broker feeds one turn in four is that of the queues in turn
        assertThat(before.get()).isLessThanOrEqualTo(adapter.broker() ? 2 * 4 + 1 : 3);
    }

    @Test
    void leavesTypesThatItDoesNotKnow() {
        String unknown = fixture.publish("unknown", "u", 1);
        String known = fixture.publish("known", "k", 1);
        fixture.worker("a", quick(1), handler("known", _ -> {}));

        eventually("done", () -> fixture.is(known, JobState.SUCCEEDED));
        assertThat(fixture.job(unknown).state()).isEqualTo(JobState.READY);
    }

    private long succeeded() {
        return fixture.store.read(
                handle ->
                        handle.createQuery(
                                        "SELECT coalesce(sum(jobs), 0) FROM queue_count WHERE state"
                                                + " = 'SUCCEEDED'")
                                .mapTo(Long.class)
                                .one());
    }
}
