package dev.slipway.backend.queues;

import static dev.slipway.backend.queues.QueueFixture.handler;
import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.queues.BrokerStatus;
import dev.slipway.api.queues.JobState;
import dev.slipway.api.queues.Priority;
import dev.slipway.backend.queues.dispatch.WithoutBroker;
import dev.slipway.testing.States;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// RabbitMQ brings jobs to a worker. Over the state that several processes share: much of this is
/// waiting for what must not come, and takes a minute for each engine.
@ParameterizedClass
@EnumSource(
        value = States.class,
        names = {"POSTGRES"})
class BrokerIT {
    @AutoClose private final BrokerFixture fixture;

    BrokerIT(States states, @TempDir Path folder) {
        fixture = new BrokerFixture(states, folder);
    }

    @Test
    void aJobIsBroughtRunAndItsMessageAnswered() {
        fixture.start();
        fixture.fed("w", handler("fine", _ -> {}));
        String id = fixture.jobs.publish("fine", "k", 1);
        eventually("done", () -> fixture.jobs.is(id, JobState.SUCCEEDED));
        eventually("answered", () -> fixture.messages("normal", "messages") == 0);
        assertThat(fixture.waiting()).isZero();
        assertThat(fixture.status().state()).isEqualTo(BrokerStatus.State.UP);
        assertThat(fixture.messages("dead", "messages")).isZero();
    }

    @Test
    void queuesAreDurableAndOfTheQuorumKind() {
        fixture.start();
        eventually("declared", () -> fixture.status().state() == BrokerStatus.State.UP);
        for (String level : List.of("high", "normal", "low")) {
            var queue = fixture.queue(level);
            assertThat(queue.path("type").asText()).isEqualTo("quorum");
            assertThat(queue.path("durable").asBoolean()).isTrue();
            assertThat(queue.at("/arguments/x-dead-letter-exchange").asText())
                    .isEqualTo("test.dead");
        }
    }

    /// What a process of an earlier version declared had no limit.
    @Test
    void whatIsPutAsideHasALimitAndTheQueueWithoutOneGetsNothingMore() throws IOException {
        fixture.byHand(
                channel -> {
                    channel.exchangeDeclare("test.dead", "fanout", true);
                    channel.queueDeclare(
                            "test.dead", true, false, false, Map.of("x-queue-type", "quorum"));
                    return channel.queueBind("test.dead", "test.dead", "");
                });
        fixture.start();
        eventually("declared", () -> fixture.status().state() == BrokerStatus.State.UP);
        var queue = fixture.queue("dead");
        assertThat(queue.path("type").asText()).isEqualTo("quorum");
        assertThat(queue.at("/arguments/x-max-length").asInt()).isEqualTo(10_000);

        fixture.byHand(
                channel -> {
                    channel.basicPublish("test.dead", "", null, new byte[] {1});
                    return channel;
                });
        eventually("put aside", () -> fixture.count("test.dead.latest") == 1);
        assertThat(fixture.count("test.dead")).isZero();
    }

    @Test
    void nothingIsHandedOverBeforeItsTransactionStands() {
        fixture.start();
        eventually("declared", () -> fixture.status().state() == BrokerStatus.State.UP);
        try {
            fixture.jobs.store.writing(
                    handle -> {
                        fixture.jobs.queue.publish(handle, job("never"));
                        throw new IllegalStateException("undone");
                    });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("undone");
        }
        assertThat(fixture.waiting()).isZero();
        assertThat(fixture.rows("job")).isZero();
    }

    @Test
    void eachThatComesDueStandsInTheOutboxUntilARelayHasIt() {
        Instant later = Instant.ofEpochMilli(Instant.now().plusSeconds(60).toEpochMilli());
        fixture.jobs.store.writing(
                handle -> {
                    fixture.jobs.queue.publish(
                            handle,
                            new JobQueue.NewJob(
                                    "work",
                                    "fine",
                                    "now",
                                    "now",
                                    "{}",
                                    1,
                                    Priority.HIGH,
                                    null,
                                    null));
                    fixture.jobs.queue.publish(
                            handle,
                            new JobQueue.NewJob(
                                    "work",
                                    "fine",
                                    "later",
                                    "later",
                                    "{}",
                                    1,
                                    Priority.LOW,
                                    null,
                                    later));
                });
        assertThat(
                        fixture.rows(
                                "wake_up JOIN job ON id = job AND subject = 'now' WHERE wake_up.priority = 1"))
                .isEqualTo(1);
        assertThat(
                        fixture.rows(
                                "wake_up JOIN job ON id = job AND subject = 'later'"
                                        + " WHERE wake_up.priority = 3 AND not_before = "
                                        + later.toEpochMilli()))
                .isEqualTo(1);
        assertThat(fixture.waiting()).isEqualTo(1);
    }

    @Test
    void aFailedJobComesBackWhenItsTimeHasCome() {
        fixture.start();
        var tries = new CopyOnWriteArrayList<Instant>();
        fixture.fed(
                "w",
                handler(
                        "weak",
                        job -> {
                            tries.add(Instant.now());
                            if (job.attempt() < 3) {
                                throw new IOException("not yet");
                            }
                        }));
        String id = fixture.jobs.publish("weak", "k", 5);
        eventually("done", () -> fixture.jobs.is(id, JobState.SUCCEEDED));
        assertThat(tries).hasSize(3);
        assertThat(fixture.rows("wake_up")).isZero();
    }

    @Test
    void aJobWhoseMessageIsLostIsFoundAgain() throws IOException {
        fixture.start();
        String id = fixture.jobs.publish("fine", "k", 1);
        // it may have been offered once more since
        eventually("handed over", fixture::oneIsReady);
        eventually("all of it", () -> fixture.waiting() == 0);
        fixture.delete("test.jobs.normal/contents");
        fixture.fed("w", handler("fine", _ -> {}));
        eventually("done", () -> fixture.jobs.is(id, JobState.SUCCEEDED));
    }

    @Test
    void aQueueThatSomeoneDeletedIsDeclaredAnew() throws IOException {
        fixture.start();
        eventually("declared", () -> fixture.status().state() == BrokerStatus.State.UP);
        fixture.fed("w", handler("fine", _ -> {}));
        fixture.delete("test.jobs.normal");
        String id = fixture.jobs.publish("fine", "k", 1);
        eventually("done", () -> fixture.jobs.is(id, JobState.SUCCEEDED));
    }

    @Test
    void twoRelaysAndASecondMessageDoNoHarm() {
        fixture.start();
        var runs = new AtomicInteger();
        try (var other = fixture.dispatch("there")) {
            other.start();
            for (int i = 0; i < 50; i++) {
                fixture.jobs.publish("fine", "k" + i, 1);
            }
            fixture.jobs.store.writing(
                    handle ->
                            handle.execute(
                                    "INSERT INTO wake_up (job, priority, not_before)"
                                            + " SELECT id, priority, 0 FROM job"));
            fixture.fed("w", handler("fine", _ -> runs.incrementAndGet()));
            eventually("done", () -> fixture.rows("job WHERE state = 'SUCCEEDED'") == 50);
            eventually("all looked at", () -> fixture.messages("normal", "messages") == 0);
        }
        assertThat(runs).hasValue(50);
        assertThat(fixture.rows("wake_up")).isZero();
    }

    /// The broker reads nothing from a connection that publishes while it is short of memory.
    @Test
    void messagesComeByAConnectionThatPublishesNothing() {
        fixture.start();
        fixture.fed("w", handler("fine", _ -> {}));
        String id = fixture.jobs.publish("fine", "k", 1);
        eventually("done", () -> fixture.jobs.is(id, JobState.SUCCEEDED));
        eventually("all listen", () -> fixture.listeners().size() == 3);
        assertThat(fixture.listeners()).containsOnly("slipway here listens");
    }

    @Test
    void whoRunsOnlyResidentJobsLeavesTheMessagesToOthers() {
        fixture.start();
        String id = fixture.jobs.publish("fine", "k", 1);
        fixture.fed("resident", QueueFixture.resident("long", _ -> {}));
        fixture.fed("w", handler("fine", _ -> {}));
        eventually("done", () -> fixture.jobs.is(id, JobState.SUCCEEDED));
        eventually("one listens", () -> fixture.messages("normal", "consumers") == 1);
    }

    @Test
    void withoutABrokerNothingIsWrittenForIt() {
        new WithoutBroker(
                        fixture.jobs.store,
                        fixture.jobs.events,
                        InstantSource.system(),
                        "alone",
                        false)
                .look();
        String id = fixture.jobs.publish("fine", "k", 1);
        assertThat(fixture.rows("wake_up")).isZero();
        assertThat(fixture.status().state()).isEqualTo(BrokerStatus.State.UNUSED);
        fixture.jobs.worker("w", QueueFixture.quick(1), handler("fine", _ -> {}));
        eventually("done", () -> fixture.jobs.is(id, JobState.SUCCEEDED));
    }

    private static JobQueue.NewJob job(String key) {
        return new JobQueue.NewJob("work", "fine", "about " + key, key, "{}", 1);
    }
}
