package dev.slipway.backend.queues;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;

import dev.slipway.api.queues.BrokerStatus;
import dev.slipway.backend.queues.dispatch.BrokerSettings;
import dev.slipway.backend.queues.dispatch.Dispatch;
import dev.slipway.testing.RabbitMq;
import dev.slipway.testing.States;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeoutException;

/// Jobs that RabbitMQ brings, in exchanges and queues of their own.
final class BrokerFixture implements AutoCloseable {
    private final RabbitMq rabbit = RabbitMq.shared();
    private final BrokerSettings settings = Adapters.freshBroker();
    private final String vhost = settings.url().getPath().substring(1);
    final QueueFixture jobs;
    private final Dispatch dispatch;

    BrokerFixture(States states, Path folder) {
        jobs = new QueueFixture(states, folder, InstantSource.system());
        dispatch = dispatch("here");
    }

    void start() {
        dispatch.start();
    }

    /// What one more process has.
    Dispatch dispatch(String process) {
        return new Dispatch(jobs.store, jobs.events, settings, jobs.clock, process, List.of());
    }

    /// Starts a worker that the broker feeds.
    void fed(String name, JobHandler work) {
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
        jobs.start(
                new Worker(
                                name,
                                settings,
                                List.of(work),
                                jobs.store,
                                jobs.events,
                                QueueFixture.JSON,
                                InstantSource.system(),
                                new Random(1))
                        .fedBy(dispatch));
    }

    /// A wake-up that another relay has in hand for ever: there is always one that waits.
    void aBacklogIsNeverDone() {
        jobs.store.writing(
                handle ->
                        handle.execute(
                                "INSERT INTO wake_up (job, priority, not_before, taken_until)"
                                        + " VALUES ('other', 3, 0, 9000000000000)"));
    }

    BrokerStatus status() {
        return Dispatch.status(jobs.store, InstantSource.system());
    }

    long waiting() {
        return status().waiting();
    }

    long rows(String what) {
        return jobs.store.read(
                handle ->
                        handle.createQuery("SELECT count(*) FROM " + what).mapTo(Long.class).one());
    }

    /// As the broker itself counts; it does so every few seconds.
    long messages(String level, String what) {
        return queue(level).path(what).asLong(-1);
    }

    /// As the queue itself says, at once.
    boolean oneIsReady() {
        return count("test.jobs.normal") >= 1;
    }

    /// Messages that are ready in a queue, as it says itself; -1 if it is not declared yet.
    long count(String queue) {
        try {
            return byHand(channel -> channel.messageCount(queue));
        } catch (IOException e) {
            return -1;
        }
    }

    /// Something that is asked of a broker.
    @FunctionalInterface
    interface Asking<T> {
        T of(Channel channel) throws IOException;
    }

    /// Asks the broker, as someone else would.
    <T> T byHand(Asking<T> what) throws IOException {
        var factory = new ConnectionFactory();
        factory.setHost(rabbit.host());
        factory.setPort(rabbit.port());
        factory.setVirtualHost(vhost);
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            return what.of(channel);
        } catch (TimeoutException e) {
            throw new IOException(e);
        }
    }

    /// The names of the connections by which consumers listen, one for each consumer.
    List<String> listeners() {
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

    JsonNode queue(String level) {
        String name = level.equals("dead") ? "test.dead.latest" : "test.jobs." + level;
        return ask("/api/queues/" + RabbitMq.encode(vhost) + "/" + name);
    }

    private JsonNode ask(String path) {
        try {
            return new ObjectMapper().readTree(rabbit.manage("GET", path, null).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Someone deletes something at the broker.
    ///
    /// @param queue its name, or its contents
    void delete(String queue) throws IOException {
        String path = "/api/queues/" + RabbitMq.encode(vhost) + "/" + queue;
        assertThat(rabbit.manage("DELETE", path, null).statusCode()).isEqualTo(204);
    }

    @Override
    public void close() {
        dispatch.close();
        jobs.close();
        Adapters.remove(settings);
    }
}
