package dev.slipway.backend.brokers;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;

import dev.slipway.api.brokers.BrokerAccess;
import dev.slipway.testing.RabbitMq;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Another application's queues on a real broker: a work queue whose rejected messages go to a
/// dead-letter queue. Everything in it happened at the broker; no header is made up.
final class DeadLetters implements AutoCloseable {
    final RabbitMq rabbit;
    final String vhost;
    final Connection connection;
    final Channel channel;
    private final List<BrokerService> services = new ArrayList<>();

    DeadLetters(RabbitMq rabbit, String vhost) throws Exception {
        this.rabbit = rabbit;
        this.vhost = vhost;
        var factory = new ConnectionFactory();
        factory.setUri(rabbit.uri(vhost));
        factory.setAutomaticRecoveryEnabled(false);
        connection = factory.newConnection();
        channel = connection.createChannel();
        channel.confirmSelect();
    }

    BrokerSettings settings(BrokerAccess access) {
        return new BrokerSettings(
                "shop", rabbit.management(), null, RabbitMq.USER, RabbitMq.PASSWORD, access);
    }

    /// A service that may do so much with these queues; it ends with them.
    BrokerService service(BrokerAccess access) {
        return service(settings(access), InstantSource.system());
    }

    BrokerService service(BrokerSettings settings, InstantSource clock) {
        var service =
                new BrokerService(
                        List.of(settings), Duration.ofSeconds(20), new NoQueue(), _ -> {}, clock);
        services.add(service);
        return service;
    }

    /// @param type `classic` or `quorum`
    void declare(String work, String dead, String type) throws Exception {
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("x-queue-type", type);
        channel.queueDeclare(dead, true, false, false, arguments);
        arguments.put("x-dead-letter-exchange", "");
        arguments.put("x-dead-letter-routing-key", dead);
        channel.queueDeclare(work, true, false, false, arguments);
    }

    /// Whatever comes to the work queue dies at once.
    void dyingAtOnce(String work, String dead) throws Exception {
        channel.queueDeclare(dead, true, false, false, Map.of());
        channel.queueDeclare(
                work,
                true,
                false,
                false,
                Map.of(
                        "x-message-ttl",
                        0,
                        "x-dead-letter-exchange",
                        "",
                        "x-dead-letter-routing-key",
                        dead));
    }

    void publish(String exchange, String key, String body, BasicProperties properties)
            throws Exception {
        channel.basicPublish(exchange, key, properties, body.getBytes(StandardCharsets.UTF_8));
        channel.waitForConfirmsOrDie(30_000);
    }

    /// The consumer of a work queue rejects so many messages.
    void reject(String work, int number) throws Exception {
        for (int i = 0; i < number; i++) {
            channel.basicReject(next(work).getEnvelope().getDeliveryTag(), false);
        }
    }

    private GetResponse next(String queue) throws Exception {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (System.nanoTime() < deadline) {
            GetResponse got = channel.basicGet(queue, false);
            if (got != null) {
                return got;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("nothing in " + queue);
    }

    long depth(String queue) {
        try {
            return channel.messageCount(queue);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Takes all bodies out of a queue.
    List<String> drain(String queue) throws Exception {
        List<String> bodies = new ArrayList<>();
        for (GetResponse got = channel.basicGet(queue, true);
                got != null;
                got = channel.basicGet(queue, true)) {
            bodies.add(new String(got.getBody(), StandardCharsets.UTF_8));
        }
        return bodies;
    }

    @Override
    public void close() throws Exception {
        services.forEach(BrokerService::close);
        if (connection.isOpen()) {
            connection.close();
        }
    }
}
