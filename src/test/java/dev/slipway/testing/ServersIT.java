package dev.slipway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

class ServersIT {
    @TempDir Path folder;

    @Test
    void aKilledRabbitMqComesBackWithItsConfirmedMessages() throws Exception {
        try (RabbitMq rabbit = RabbitMq.start(folder)) {
            var factory = new ConnectionFactory();
            factory.setUri(rabbit.uri(rabbit.makeVhost("a/b")));
            factory.setAutomaticRecoveryEnabled(false);
            try (var connection = factory.newConnection();
                    var channel = connection.createChannel()) {
                channel.queueDeclare("q", true, false, false, Map.of("x-queue-type", "quorum"));
                channel.confirmSelect();
                channel.basicPublish(
                        "",
                        "q",
                        MessageProperties.PERSISTENT_BASIC,
                        "kept".getBytes(StandardCharsets.UTF_8));
                channel.waitForConfirmsOrDie(20_000);
                rabbit.kill();
            } catch (com.rabbitmq.client.AlreadyClosedException | IOException e) {
                // the connection went with the broker
            }
            rabbit.startAgain();
            try (var connection = factory.newConnection();
                    var channel = connection.createChannel()) {
                assertThat(channel.basicGet("q", true).getBody()).asString().isEqualTo("kept");
            }
        }
    }

    @Test
    void aKilledRedisComesBackEmptyOnItsPort() {
        try (Redis redis = Redis.start(folder)) {
            int port = redis.port();
            redis.kill();
            redis.startAgain();
            assertThat(redis.port()).isEqualTo(port);
        }
    }
}
