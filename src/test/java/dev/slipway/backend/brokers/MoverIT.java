package dev.slipway.backend.brokers;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;

import dev.slipway.api.brokers.BrokerAccess;
import dev.slipway.api.brokers.DeadMessage;
import dev.slipway.api.brokers.LookAt;
import dev.slipway.api.brokers.LookedAt;
import dev.slipway.api.brokers.MoveMessages;
import dev.slipway.api.brokers.MovePreview;
import dev.slipway.api.brokers.MoveVia;
import dev.slipway.testing.RabbitMq;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Dead messages go back to where they came from: all, once, as they were.
class MoverIT {
    private static final BasicProperties PLAIN = MessageProperties.PERSISTENT_TEXT_PLAIN;

    @AutoClose private final DeadLetters there;

    MoverIT() throws Exception {
        RabbitMq rabbit = RabbitMq.shared();
        there = new DeadLetters(rabbit, rabbit.freshVhost());
    }

    private MoveReport move(String queue, MoveVia via, Map<String, Integer> chosen, long limit)
            throws Exception {
        try (var management =
                        new Management(there.settings(BrokerAccess.MOVE), Duration.ofSeconds(20));
                var connection =
                        AmqpLink.open(there.settings(BrokerAccess.MOVE), management, there.vhost)) {
            return new Mover(connection, queue, via)
                    .run(chosen, limit, new Pace(100_000, () -> false), _ -> {});
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "quorum"})
    void allGoBackToTheQueueThatTheyLeftAndToNoOther(String type) throws Exception {
        there.declare("orders", "dead", type);
        there.channel.exchangeDeclare("shop", "fanout", true);
        there.channel.queueBind("orders", "shop", "");
        there.channel.queueDeclare("audit", true, false, false, Map.of());
        there.channel.queueBind("audit", "shop", "");
        for (int i = 0; i < 120; i++) {
            there.publish("shop", "", "m" + i, PLAIN);
        }
        there.reject("orders", 120);
        eventually("all are dead", () -> there.depth("dead") == 120);
        assertThat(there.drain("audit")).hasSize(120);

        MoveReport report = move("dead", MoveVia.QUEUE, Map.of(), 120);

        assertThat(report.movedSoFar()).isEqualTo(120);
        assertThat(there.drain("orders"))
                .hasSize(120)
                .containsExactlyInAnyOrderElementsOf(bodies(120));
        assertThat(there.depth("dead")).isZero();
        assertThat(there.depth("audit")).isZero();
    }

    @Test
    void throughTheExchangeEveryoneWhoIsBoundGetsThemAgain() throws Exception {
        there.declare("orders", "dead", "classic");
        there.channel.exchangeDeclare("shop", "fanout", true);
        there.channel.queueBind("orders", "shop", "");
        there.channel.queueDeclare("audit", true, false, false, Map.of());
        there.channel.queueBind("audit", "shop", "");
        there.publish("shop", "", "m", PLAIN);
        there.reject("orders", 1);
        eventually("it is dead", () -> there.depth("dead") == 1);

        move("dead", MoveVia.EXCHANGE, Map.of(), 1);

        assertThat(there.drain("orders")).containsExactly("m");
        assertThat(there.drain("audit")).containsExactly("m", "m");
    }

    private static List<String> bodies(int number) {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            bodies.add("m" + i);
        }
        return bodies;
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "quorum"})
    void onlyTheChosenGo(String type) throws Exception {
        there.declare("orders", "dead", type);
        for (int i = 0; i < 10; i++) {
            there.publish("", "orders", "m" + i, PLAIN);
        }
        there.reject("orders", 10);
        eventually("all are dead", () -> there.depth("dead") == 10);
        // a clock that is behind the broker's changes nothing of what the messages are called
        InstantSource behind = () -> Instant.now().minus(Duration.ofHours(1));
        LookedAt looked =
                there.service(there.settings(BrokerAccess.LOOK), behind)
                        .look("shop", new LookAt(there.vhost, "dead", 50, false));
        List<DeadMessage> chosen =
                looked.messages().stream()
                        .filter(m -> List.of("m2", "m7").contains(m.preview()))
                        .toList();
        assertThat(chosen).hasSize(2);

        MoveReport report =
                move(
                        "dead",
                        MoveVia.QUEUE,
                        Map.of(chosen.get(0).fingerprint(), 1, chosen.get(1).fingerprint(), 1),
                        10);

        assertThat(report.movedSoFar()).isEqualTo(2);
        assertThat(there.drain("orders")).containsExactlyInAnyOrder("m2", "m7");
        eventually("the others lie there again", () -> there.depth("dead") == 8);
        assertThat(there.drain("dead"))
                .containsExactlyInAnyOrder("m0", "m1", "m3", "m4", "m5", "m6", "m8", "m9");
    }

    @Test
    void whatHasNowhereToGoStaysAndIsTold() throws Exception {
        there.declare("gone", "dead", "classic");
        there.channel.exchangeDeclare("old", "direct", true);
        there.channel.queueBind("gone", "old", "k");
        there.publish("old", "k", "its queue is gone", PLAIN);
        there.reject("gone", 1);
        there.publish("", "dead", "it never died", PLAIN);
        eventually("both lie there", () -> there.depth("dead") == 2);
        there.channel.queueDelete("gone");
        there.channel.exchangeDelete("old");
        var asked =
                new MoveMessages(
                        there.vhost, "dead", List.of(), MoveVia.EXCHANGE, 100, false, "a test");
        MovePreview preview = there.service(BrokerAccess.MOVE).preview("shop", asked);
        assertThat(preview.staying()).isEqualTo(2);
        assertThat(preview.destinations())
                .containsExactly(
                        new MovePreview.Destination(
                                "exchange old, key 'k'", 1, "the exchange is gone"));

        assertThat(move("dead", MoveVia.QUEUE, Map.of(), 2).reasons())
                .isEqualTo(
                        Map.of(
                                "the queue gone is gone",
                                1L,
                                "no x-death says where it came from",
                                1L));
        assertThat(move("dead", MoveVia.EXCHANGE, Map.of(), 2).reasons())
                .isEqualTo(
                        Map.of(
                                "the exchange old is gone",
                                1L,
                                "no x-death says where it came from",
                                1L));
        eventually("both lie there still", () -> there.depth("dead") == 2);
    }

    @Test
    void aMessageWithoutARoutingKeyGoesBack() throws Exception {
        there.declare("orders", "dead", "classic");
        there.channel.exchangeDeclare("shop", "direct", true);
        there.channel.queueBind("orders", "shop", "");
        there.publish("shop", "", "m", PLAIN);
        there.reject("orders", 1);
        eventually("it is dead", () -> there.depth("dead") == 1);

        assertThat(move("dead", MoveVia.EXCHANGE, Map.of(), 1).movedSoFar()).isEqualTo(1);
        assertThat(there.drain("orders")).containsExactly("m");
    }

    @Test
    void itsHistoryBeginsAnewAndTheRestOfItIsAsItWas() throws Exception {
        there.declare("orders", "dead", "classic");
        there.channel.queueDeclare("copies", true, false, false, Map.of());
        var properties =
                new BasicProperties.Builder()
                        .messageId("id")
                        .correlationId("c")
                        .userId(RabbitMq.USER)
                        .contentType("application/octet-stream")
                        .deliveryMode(2)
                        .priority(3)
                        .headers(Map.of("CC", List.of("copies"), "own", "x"))
                        .build();
        there.channel.basicPublish("", "orders", properties, new byte[] {0, 1, 2, -1});
        there.channel.waitForConfirmsOrDie(30_000);
        assertThat(there.drain("copies")).hasSize(1);
        there.reject("orders", 1);
        eventually("it is dead", () -> there.depth("dead") == 1);

        move("dead", MoveVia.QUEUE, Map.of(), 1);

        assertThat(there.depth("copies")).isZero();
        GetResponse got = there.channel.basicGet("orders", true);
        assertThat(got.getBody()).containsExactly(0, 1, 2, -1);
        assertThat(got.getProps().getMessageId()).isEqualTo("id");
        assertThat(got.getProps().getPriority()).isEqualTo(3);
        assertThat(got.getProps().getDeliveryMode()).isEqualTo(2);
        assertThat(got.getProps().getHeaders().get("own")).asString().isEqualTo("x");
        assertThat(got.getProps().getHeaders())
                .containsKey("x-slipway-moved")
                .doesNotContainKeys("x-death", "CC");
    }

    @Test
    void aFullQueueRefusesAndTheMessageStays() throws Exception {
        there.channel.queueDeclare("dead", true, false, false, Map.of());
        there.channel.queueDeclare(
                "small",
                true,
                false,
                false,
                Map.of(
                        "x-max-length",
                        1,
                        "x-overflow",
                        "reject-publish",
                        "x-dead-letter-exchange",
                        "",
                        "x-dead-letter-routing-key",
                        "dead"));
        there.publish("", "small", "dies", PLAIN);
        there.reject("small", 1);
        there.publish("", "small", "fills it", PLAIN);
        eventually("it is dead", () -> there.depth("dead") == 1);

        MoveReport report = move("dead", MoveVia.QUEUE, Map.of(), 1);

        assertThat(report.movedSoFar()).isZero();
        assertThat(report.reasons())
                .isEqualTo(Map.of("the broker refused it at the queue small", 1L));
        eventually("it lies there still", () -> there.depth("dead") == 1);
    }

    @Test
    void thoseThatFailAgainAreNotSentRoundAndRound() throws Exception {
        there.dyingAtOnce("orders", "dead");
        for (int i = 0; i < 5; i++) {
            there.publish("", "orders", "m" + i, PLAIN);
        }
        eventually("all are dead", () -> there.depth("dead") == 5);

        assertThat(move("dead", MoveVia.QUEUE, Map.of(), 5).movedSoFar()).isEqualTo(5);
        eventually("they are dead again", () -> there.depth("dead") == 5);
    }
}
