package dev.slipway.backend.queues;

import static dev.slipway.backend.queues.QueueFixture.handler;
import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.ConnectionFactory;

import dev.slipway.api.queues.BrokerStatus;
import dev.slipway.api.queues.JobState;
import dev.slipway.api.queues.Priority;
import dev.slipway.backend.queues.dispatch.BrokerSettings;
import dev.slipway.backend.queues.dispatch.Dispatch;
import dev.slipway.testing.RabbitMq;
import dev.slipway.testing.States;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// RabbitMQ brings jobs to a worker. Over the state that several processes share: much of this is
/// waiting for what must not come, and takes a minute for each engine.
@ParameterizedClass
@EnumSource(
        value = States.class,
        names = {"POSTGRES"})
class BrokerIT {
    private final States states;
    private final RabbitMq rabbit = RabbitMq.shared();
    private final String vhost = rabbit.freshVhost();

    @TempDir Path folder;
    private QueueFixture fixture;
    private Dispatch dispatch;

    BrokerIT(States states) {
        this.states = states;
    }

    @BeforeEach
    void begin() {
        fixture = new QueueFixture(states, folder, InstantSource.system());
        URI url = URI.create("amqp://%s:%d/%s".formatted(rabbit.host(), rabbit.port(), vhost));
        var settings = new BrokerSettings(url, RabbitMq.USER, RabbitMq.PASSWORD, "test");
        dispatch = dispatch(settings, "here");
    }

    @AfterEach
    void end() {
        dispatch.close();
        fixture.close();
    }

    @Test
    void aJobIsBroughtRunAndItsMessageAnswered() {
        dispatch.start();
        fed("w", handler("fine", _ -> {}));
        String id = fixture.publish("fine", "k", 1);
        eventually("done", () -> fixture.is(id, JobState.SUCCEEDED));
        eventually("answered", () -> messages("normal", "messages") == 0);
        assertThat(waiting()).isZero();
        assertThat(status().state()).isEqualTo(BrokerStatus.State.UP);
        assertThat(messages("dead", "messages")).isZero();
    }

    @Test
    void queuesAreDurableAndOfTheQuorumKind() {
        dispatch.start();
        eventually("declared", () -> status().state() == BrokerStatus.State.UP);
        for (String level : List.of("high", "normal", "low")) {
            var queue = queue(level);
            assertThat(queue.path("type").asText()).isEqualTo("quorum");
            assertThat(queue.path("durable").asBoolean()).isTrue();
            assertThat(queue.at("/arguments/x-dead-letter-exchange").asText())
                    .isEqualTo("test.dead");
        }
    }

    @Test
    void nothingIsHandedOverBeforeItsTransactionStands() {
        dispatch.start();
        eventually("declared", () -> status().state() == BrokerStatus.State.UP);
        try {
            fixture.store.writing(
                    handle -> {
                        fixture.queue.publish(handle, job("never"));
                        throw new IllegalStateException("undone");
                    });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("undone");
        }
        assertThat(waiting()).isZero();
        assertThat(rows("job")).isZero();
    }

    @Test
    void eachThatComesDueStandsInTheOutboxUntilARelayHasIt() {
        Instant later = Instant.ofEpochMilli(Instant.now().plusSeconds(60).toEpochMilli());
        fixture.store.writing(
                handle -> {
                    fixture.queue.publish(
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
                    fixture.queue.publish(
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
                        rows(
                                "wake_up JOIN job ON id = job AND subject = 'now' WHERE wake_up.priority = 1"))
                .isEqualTo(1);
        assertThat(
                        rows(
                                "wake_up JOIN job ON id = job AND subject = 'later'"
                                        + " WHERE wake_up.priority = 3 AND not_before = "
                                        + later.toEpochMilli()))
                .isEqualTo(1);
        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void aFailedJobComesBackWhenItsTimeHasCome() {
        dispatch.start();
        var tries = new CopyOnWriteArrayList<Instant>();
        fed(
                "w",
                handler(
                        "weak",
                        job -> {
                            tries.add(Instant.now());
                            if (job.attempt() < 3) {
                                throw new IOException("not yet");
                            }
                        }));
        String id = fixture.publish("weak", "k", 5);
        eventually("done", () -> fixture.is(id, JobState.SUCCEEDED));
        assertThat(tries).hasSize(3);
        assertThat(rows("wake_up")).isZero();
    }

    @Test
    void aJobWhoseMessageIsLostIsFoundAgain() throws IOException {
        dispatch.start();
        String id = fixture.publish("fine", "k", 1);
        // it may have been offered once more since
        eventually("handed over", this::oneIsReady);
        eventually("all of it", () -> waiting() == 0);
        String path = "/api/queues/" + RabbitMq.encode(vhost) + "/test.jobs.normal/contents";
        assertThat(rabbit.manage("DELETE", path, null).statusCode()).isEqualTo(204);
        fed("w", handler("fine", _ -> {}));
        eventually("done", () -> fixture.is(id, JobState.SUCCEEDED));
    }

    @Test
    void aQueueThatSomeoneDeletedIsDeclaredAnew() throws IOException {
        dispatch.start();
        eventually("declared", () -> status().state() == BrokerStatus.State.UP);
        fed("w", handler("fine", _ -> {}));
        String path = "/api/queues/" + RabbitMq.encode(vhost) + "/test.jobs.normal";
        assertThat(rabbit.manage("DELETE", path, null).statusCode()).isEqualTo(204);
        String id = fixture.publish("fine", "k", 1);
        eventually("done", () -> fixture.is(id, JobState.SUCCEEDED));
    }

    @Test
    void twoRelaysAndASecondMessageDoNoHarm() {
        dispatch.start();
        var runs = new AtomicInteger();
        var settings =
                new BrokerSettings(
                        URI.create(
                                "amqp://%s:%d/%s".formatted(rabbit.host(), rabbit.port(), vhost)),
                        RabbitMq.USER,
                        RabbitMq.PASSWORD,
                        "test");
        try (var other = dispatch(settings, "there")) {
            other.start();
            for (int i = 0; i < 50; i++) {
                fixture.publish("fine", "k" + i, 1);
            }
            fixture.store.writing(
                    handle ->
                            handle.execute(
                                    "INSERT INTO wake_up (job, priority, not_before)"
                                            + " SELECT id, priority, 0 FROM job"));
            fed("w", handler("fine", _ -> runs.incrementAndGet()));
            eventually("done", () -> rows("job WHERE state = 'SUCCEEDED'") == 50);
            eventually("all looked at", () -> messages("normal", "messages") == 0);
        }
        assertThat(runs).hasValue(50);
        assertThat(rows("wake_up")).isZero();
    }

    @Test
    void aHeldQueueGoesOnWhenItIsResumedWhileOthersWait() {
        aBacklogIsNeverDone();
        dispatch.start();
        fixture.store.writing(
                handle ->
                        handle.execute(
                                "INSERT INTO hold (kind, name, reason, held_by, since)"
                                        + " VALUES ('QUEUE', 'work', 'why', 'ana', 0)"));
        String id = fixture.publish("fine", "k", 1);
        fed("w", handler("fine", _ -> {}));
        eventually("put off", () -> rows("wake_up WHERE job = '" + id + "'") == 1);
        assertThat(fixture.job(id).state()).isEqualTo(JobState.READY);
        fixture.store.writing(handle -> handle.execute("DELETE FROM hold"));
        eventually("done", () -> fixture.is(id, JobState.SUCCEEDED));
    }

    @Test
    void jobsOverALimitFollowWhileOthersWait() {
        aBacklogIsNeverDone();
        dispatch.start();
        fixture.store.writing(
                handle ->
                        handle.execute(
                                "INSERT INTO job_limit (type, most, set_by, reason, set_at)"
                                        + " VALUES ('narrow', 1, 'ana', 'why', 0)"));
        for (int i = 0; i < 40; i++) {
            fixture.publish("narrow", "k" + i, 1);
        }
        fed("w", handler("narrow", _ -> Thread.yield()));
        eventually("done", () -> rows("job WHERE state = 'SUCCEEDED'") == 40);
        eventually("no message is left", () -> rows("wake_up WHERE job <> 'other'") == 0);
    }

    @Test
    void jobsThatLieWithABusyWorkerAreRunByAnother() {
        aBacklogIsNeverDone();
        dispatch.start();
        var go = new CountDownLatch(1);
        fed("busy", handler("fine", _ -> go.await()));
        for (int i = 0; i < 4; i++) {
            fixture.publish("fine", "k" + i, 1);
        }
        // two run and two are brought in advance
        eventually("two run", () -> rows("job WHERE state = 'RUNNING'") == 2);
        eventually("all were handed over", () -> rows("wake_up WHERE job <> 'other'") == 0);
        fed("idle", handler("fine", _ -> {}));
        eventually("the others are done", () -> rows("job WHERE state = 'SUCCEEDED'") == 2);
        go.countDown();
    }

    /// The broker reads nothing from a connection that publishes while it is short of memory.
    @Test
    void messagesComeByAConnectionThatPublishesNothing() {
        dispatch.start();
        fed("w", handler("fine", _ -> {}));
        String id = fixture.publish("fine", "k", 1);
        eventually("done", () -> fixture.is(id, JobState.SUCCEEDED));
        eventually("all listen", () -> listeners().size() == 3);
        assertThat(listeners()).containsOnly("slipway here listens");
    }

    /// The names of the connections by which consumers listen, one for each consumer.
    private List<String> listeners() {
        Map<String, String> names = new HashMap<>();
        String path = "/api/vhosts/" + RabbitMq.encode(vhost) + "/connections";
        for (var known : ask(path)) {
            names.put(
                    known.path("name").asText(),
                    known.at("/client_properties/connection_name").asText());
        }
        List<String> listeners = new ArrayList<>();
        for (var consumer : ask("/api/consumers/" + RabbitMq.encode(vhost))) {
            String by = consumer.at("/channel_details/connection_name").asText();
            listeners.add(names.getOrDefault(by, ""));
        }
        listeners.removeIf(String::isEmpty);
        return listeners;
    }

    @Test
    void whoRunsOnlyResidentJobsLeavesTheMessagesToOthers() {
        dispatch.start();
        String id = fixture.publish("fine", "k", 1);
        fed("resident", resident("long"));
        fed("w", handler("fine", _ -> {}));
        eventually("done", () -> fixture.is(id, JobState.SUCCEEDED));
        eventually("one listens", () -> messages("normal", "consumers") == 1);
    }

    private static JobHandler resident(String type) {
        return new JobHandler() {
            @Override
            public String type() {
                return type;
            }

            @Override
            public boolean resident() {
                return true;
            }

            @Override
            public void run(JobContext job) {}
        };
    }

    /// A wake-up that another relay has in hand for ever: there is always one that waits.
    private void aBacklogIsNeverDone() {
        fixture.store.writing(
                handle ->
                        handle.execute(
                                "INSERT INTO wake_up (job, priority, not_before, taken_until)"
                                        + " VALUES ('other', 3, 0, 9000000000000)"));
    }

    @Test
    void withoutABrokerNothingIsWrittenForIt() {
        Dispatch.embedded(fixture.store, fixture.events, InstantSource.system());
        String id = fixture.publish("fine", "k", 1);
        assertThat(rows("wake_up")).isZero();
        assertThat(status().state()).isEqualTo(BrokerStatus.State.UNUSED);
        fixture.worker("w", QueueFixture.quick(1), handler("fine", _ -> {}));
        eventually("done", () -> fixture.is(id, JobState.SUCCEEDED));
    }

    private Dispatch dispatch(BrokerSettings settings, String process) {
        return new Dispatch(
                fixture.store,
                fixture.events,
                settings,
                InstantSource.system(),
                process,
                List.of());
    }

    private void fed(String name, JobHandler work) {
        var settings =
                new WorkerSettings(
                        2,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(3),
                        Duration.ofMillis(50),
                        Duration.ofMillis(50),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(1),
                        3);
        fixture.start(
                new Worker(
                                name,
                                settings,
                                List.of(work),
                                fixture.store,
                                fixture.events,
                                QueueFixture.JSON,
                                InstantSource.system(),
                                new Random(1))
                        .fedBy(dispatch));
    }

    private static JobQueue.NewJob job(String key) {
        return new JobQueue.NewJob("work", "fine", "about " + key, key, "{}", 1);
    }

    private BrokerStatus status() {
        return Dispatch.status(fixture.store, InstantSource.system());
    }

    private long waiting() {
        return status().waiting();
    }

    private long rows(String what) {
        return fixture.store.read(
                handle ->
                        handle.createQuery("SELECT count(*) FROM " + what).mapTo(Long.class).one());
    }

    /// As the broker itself counts; it does so every few seconds.
    private long messages(String level, String what) {
        return queue(level).path(what).asLong(-1);
    }

    /// As the queue itself says, at once.
    private boolean oneIsReady() {
        var factory = new ConnectionFactory();
        factory.setHost(rabbit.host());
        factory.setPort(rabbit.port());
        factory.setVirtualHost(vhost);
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            return channel.messageCount("test.jobs.normal") >= 1;
        } catch (IOException | TimeoutException e) {
            return false; // it is not declared yet
        }
    }

    private com.fasterxml.jackson.databind.JsonNode queue(String level) {
        String name = level.equals("dead") ? "test.dead" : "test.jobs." + level;
        return ask("/api/queues/" + RabbitMq.encode(vhost) + "/" + name);
    }

    private com.fasterxml.jackson.databind.JsonNode ask(String path) {
        try {
            return new ObjectMapper().readTree(rabbit.manage("GET", path, null).body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
