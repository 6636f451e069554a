package dev.slipway.backend.queues;

import static dev.slipway.testing.Eventually.eventually;
import static dev.slipway.testing.Eventually.grows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.queues.BrokerStatus;
import dev.slipway.backend.queues.dispatch.Dispatch;
import dev.slipway.config.Database;
import dev.slipway.shop.cache.Cache;
import dev.slipway.testing.Kills;
import dev.slipway.testing.RabbitMq;
import dev.slipway.testing.Redis;
import dev.slipway.testing.States;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Jobs by two worker processes which are killed at random, and RabbitMQ and the Redis that their
/// jobs ask killed and started again in the middle: every effect once, nothing lost, and no job saw
/// a rate older than itself. `-Dslipway.dispatch.jobs=50000` for more of them.
class KilledDispatchIT {
    private static final int ROUNDS = Kills.number(9) + 1;
    private static final int AT_ONCE = 100;

    @TempDir Path folder;
    private Redis redis;
    private Cache cache;
    private int jobs;
    private int rate;

    @BeforeEach
    void start() {
        redis = Redis.start(folder.resolve("redis"));
        cache = EffectWorker.cache(redis.url());
    }

    @AfterEach
    void end() {
        cache.close();
        redis.close();
    }

    /// One file takes one writer at a time, whatever the number of processes.
    private static int usual(States states) {
        return states == States.SQLITE ? 5_000 : 20_000;
    }

    @ParameterizedTest
    @EnumSource
    void everyEffectHappensOnceAndNoneIsLost(Adapters adapter) throws Exception {
        States states = adapter.states();
        jobs = Integer.getInteger("slipway.dispatch.jobs", usual(states));
        Path state = folder.resolve("state");
        try (RabbitMq rabbit = adapter.broker() ? RabbitMq.start(folder) : null;
                var fixture = new QueueFixture(states, state, InstantSource.system())) {
            fixture.store.writing(EffectWorker::tables);
            String url = rabbit == null ? "" : "amqp://" + rabbit.host() + ":" + rabbit.port();
            run(fixture, states.at(state), url, rabbit);
            if (states == States.SQLITE) {
                assertThat(integrity(fixture)).isEqualTo("ok");
            }
        }
    }

    /// What SQLite itself says of a file whose writers were killed.
    private static String integrity(QueueFixture fixture) {
        return fixture.store.read(
                handle -> handle.createQuery("PRAGMA integrity_check").mapTo(String.class).one());
    }

    private void run(QueueFixture fixture, Database database, String url, @Nullable RabbitMq rabbit)
            throws Exception {
        Random random = Kills.random(getClass());
        List<Process> workers = new ArrayList<>();
        try {
            for (int w = 0; w < 2; w++) {
                workers.add(worker(database, url, "w" + w, w));
            }
            if (rabbit != null) {
                eventually("broker used", () -> status(fixture) == BrokerStatus.State.UP);
            }
            publish(fixture, 0, jobs / 2);
            for (int round = 1; round < ROUNDS; round++) {
                int least = jobs * round / ROUNDS;
                grows("effects", () -> count(fixture, "effect_sink"), least);
                int victim = random.nextInt(2);
                workers.get(victim).destroyForcibly().waitFor();
                if (round == ROUNDS / 2) {
                    cut(fixture, rabbit);
                    redis.kill();
                    publish(fixture, jobs / 2, jobs * 3 / 4);
                    redis.startAgain();
                    publish(fixture, jobs * 3 / 4, jobs);
                    if (rabbit != null) {
                        rabbit.startAgain();
                    }
                }
                String name = "w" + victim + "r" + round;
                workers.set(victim, worker(database, url, name, victim));
            }
            grows("effects", () -> count(fixture, "effect_sink"), jobs);
            grows("jobs that succeeded", () -> succeeded(fixture), jobs);
            if (rabbit != null) {
                // who found it away last may have been killed since; the living say so
                eventually("told so", () -> status(fixture) == BrokerStatus.State.UP);
            }
        } finally {
            for (Process worker : workers) {
                worker.destroyForcibly().waitFor();
            }
        }
        assertThat(count(fixture, "effect_sink")).isEqualTo(jobs);
        assertThat(count(fixture, "(SELECT DISTINCT job FROM effect_sink) AS d")).isEqualTo(jobs);
        assertThat(count(fixture, "effect_done")).isEqualTo(jobs);
        assertThat(count(fixture, "job WHERE state <> 'SUCCEEDED'")).isZero();
        assertThat(count(fixture, "effect_sink WHERE rate < least")).isZero();
        // some died with a job in hand
        long lost = count(fixture, "job_attempt WHERE ending = 'LOST'");
        System.out.printf(
                "%,d jobs, %d kills, %d jobs lost their worker%n", jobs, ROUNDS - 1, lost);
        assertThat(lost).isPositive();
        // and the answers came from the cache as long as it was there
        assertThat(count(fixture, "effect_sink WHERE rate > 0 AND rate < " + rate)).isPositive();
        if (rabbit != null) {
            List<String> told = told(fixture);
            assertThat(told).contains("AWAY").endsWith("UP");
            // each change comes once, however many processes see it
            assertThat(told).hasSizeLessThan(4 * ROUNDS);
        }
    }

    private static void cut(QueueFixture fixture, @Nullable RabbitMq rabbit) {
        if (rabbit != null) {
            rabbit.kill();
            eventually("the state says so", () -> status(fixture) == BrokerStatus.State.AWAY);
        }
    }

    private Process worker(Database database, String broker, String name, int number)
            throws IOException {
        Path log = folder.resolve("worker" + number + ".log");
        return EffectWorker.start(database, broker, redis.url(), name, log);
    }

    private void publish(QueueFixture fixture, int from, int to) {
        for (int start = from; start < to; start += AT_ONCE) {
            int begin = start;
            int least = ++rate;
            fixture.store.writing(
                    handle -> handle.execute("UPDATE effect_rate SET rate = ?", least));
            cache.clear();
            fixture.store.writing(
                    handle -> {
                        for (int i = begin; i < Math.min(begin + AT_ONCE, to); i++) {
                            fixture.queue.publish(
                                    handle,
                                    new JobQueue.NewJob(
                                            "work",
                                            "effect",
                                            "job " + i,
                                            "k" + i,
                                            Map.of("least", least),
                                            20));
                        }
                    });
        }
    }

    /// What the live stream is told of the broker, read from the log itself.
    private static List<String> told(QueueFixture fixture) {
        fixture.store.numberEvents();
        return fixture.store.read(
                handle ->
                        handle.createQuery(
                                        "SELECT json FROM event WHERE kind = 'job-broker'"
                                                + " ORDER BY seq")
                                .mapTo(String.class)
                                .map(json -> json.contains("\"AWAY\"") ? "AWAY" : "UP")
                                .list());
    }

    private static BrokerStatus.State status(QueueFixture fixture) {
        return Dispatch.status(fixture.store, InstantSource.system()).state();
    }

    /// By the rows themselves, not by the counts that triggers keep.
    private static long succeeded(QueueFixture fixture) {
        return count(fixture, "job WHERE state = 'SUCCEEDED'");
    }

    private static long count(QueueFixture fixture, String what) {
        return fixture.store.read(
                handle ->
                        handle.createQuery("SELECT count(*) FROM " + what).mapTo(Long.class).one());
    }
}
