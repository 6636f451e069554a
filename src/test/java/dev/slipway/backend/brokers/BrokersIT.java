package dev.slipway.backend.brokers;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.MessageProperties;

import dev.slipway.api.brokers.Broker;
import dev.slipway.api.brokers.BrokerAccess;
import dev.slipway.api.brokers.BrokerQueue;
import dev.slipway.api.brokers.BrokerState;
import dev.slipway.api.brokers.DeadMessage;
import dev.slipway.api.brokers.Header;
import dev.slipway.api.brokers.LookAt;
import dev.slipway.api.brokers.LookedAt;
import dev.slipway.api.brokers.MoveMessages;
import dev.slipway.api.brokers.MoveVia;
import dev.slipway.backend.http.Refused;
import dev.slipway.testing.RabbitMq;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What is seen of another application's queues, and what Slipway leaves alone there.
class BrokersIT {
    private static final BasicProperties PLAIN = MessageProperties.PERSISTENT_TEXT_PLAIN;

    @AutoClose private final DeadLetters there;

    BrokersIT() throws Exception {
        RabbitMq rabbit = RabbitMq.shared();
        there = new DeadLetters(rabbit, rabbit.freshVhost());
    }

    private BrokerQueue seen(BrokerService service, String name) throws InterruptedException {
        service.watch("shop").look();
        return service.queues("shop").stream()
                .filter(q -> q.vhost().equals(there.vhost) && q.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private DeadMessage only(BrokerService service, String queue) throws InterruptedException {
        LookedAt looked = service.look("shop", new LookAt(there.vhost, queue, 10, false));
        assertThat(looked.messages()).hasSize(1);
        return looked.messages().getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "quorum"})
    void aQueueIsSeenAsItIs(String type) throws Exception {
        there.declare("work/a b%é", "dead", type);
        Instant sent = Instant.now().minusSeconds(90).truncatedTo(ChronoUnit.SECONDS);
        var old = PLAIN.builder().timestamp(Date.from(sent)).build();
        for (int i = 0; i < 3; i++) {
            there.publish("", "work/a b%é", "m" + i, old);
        }
        there.channel.basicGet("work/a b%é", false);
        BrokerService service = there.service(BrokerAccess.READ);
        eventually(
                "the statistics have come",
                () -> {
                    try {
                        BrokerQueue queue = seen(service, "work/a b%é");
                        return Objects.equals(queue.ready(), 2L)
                                && Objects.equals(queue.unacked(), 1L);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
        BrokerQueue queue = seen(service, "work/a b%é");
        assertThat(queue.type()).isEqualTo(type);
        // a quorum queue counts one who takes single messages as a consumer while he has one
        assertThat(queue.consumers()).isEqualTo(type.equals("classic") ? 0 : 1);
        assertThat(queue.depths()).last().isEqualTo(3L);
        // a quorum queue does not say how old its head is: unknown, and not 0
        assertThat(queue.oldest()).isEqualTo(type.equals("classic") ? sent : null);
        Broker broker = service.brokers().getFirst();
        assertThat(broker.state()).isEqualTo(BrokerState.UP);
        assertThat(broker.product()).startsWith("RabbitMQ ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "quorum"})
    void aDeadMessageIsLookedAtAndStillThere(String type) throws Exception {
        there.declare("orders", "dead", type);
        there.channel.exchangeDeclare("shop", "topic", true);
        there.channel.queueBind("orders", "shop", "order.#");
        var properties =
                PLAIN.builder().messageId("m-1").headers(Map.of("tenant", "a", "tries", 3)).build();
        there.publish("shop", "order.new", "{\"id\":7,\"who\":\"Zoë\"}", properties);
        there.reject("orders", 1);
        eventually("it is dead", () -> there.depth("dead") == 1);
        BrokerService service = there.service(BrokerAccess.LOOK);

        DeadMessage first = only(service, "dead");
        DeadMessage second = only(service, "dead");

        assertThat(first.form()).isEqualTo("json");
        assertThat(first.preview()).contains("\"who\" : \"Zoë\"");
        assertThat(first.headers()).contains(new Header("tenant", "a"), new Header("tries", "3"));
        assertThat(first.properties()).contains(new Header("message_id", "m-1"));
        var death = Objects.requireNonNull(first.origin());
        assertThat(death.queue()).isEqualTo("orders");
        assertThat(death.exchange()).isEqualTo("shop");
        assertThat(death.routingKeys()).containsExactly("order.new");
        assertThat(death.reason()).isEqualTo("rejected");
        assertThat(death.count()).isEqualTo(1);
        assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
        assertThat(second.redelivered()).isTrue();
        eventually("it lies there", () -> there.depth("dead") == 1);
    }

    @Test
    void aQueueThatCountsLooksIsNotLookedAtUnasked() throws Exception {
        there.channel.queueDeclare(
                "dead",
                true,
                false,
                false,
                Map.of("x-queue-type", "quorum", "x-delivery-limit", 2));
        there.publish("", "dead", "m", PLAIN);
        BrokerService service = there.service(BrokerAccess.LOOK);
        var look = new LookAt(there.vhost, "dead", 1, false);
        assertThatThrownBy(() -> service.look("shop", look))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("after it was delivered 2 times");
        var despite = new LookAt(there.vhost, "dead", 1, true);
        assertThat(service.look("shop", despite).messages()).hasSize(1);
    }

    @Test
    void aQueueThatCountsWhatIsPutBackIsNotMovedFromUnasked() throws Exception {
        there.channel.queueDeclare(
                "dead",
                true,
                false,
                false,
                Map.of("x-queue-type", "quorum", "x-delivery-limit", 2));
        there.publish("", "dead", "m", PLAIN);
        BrokerService service = there.service(BrokerAccess.MOVE);
        var some = List.of("another message's");
        var unasked = new MoveMessages(there.vhost, "dead", some, MoveVia.QUEUE, 10, false, "");
        assertThatThrownBy(() -> service.move("shop", unasked, "ada"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("after it was delivered 2 times");
        var meant = new MoveMessages(there.vhost, "dead", some, MoveVia.QUEUE, 10, true, "");
        // the broker tells a new queue's depth only after a while
        eventually("it is begun", () -> refused(service, meant).isEmpty());
    }

    private static String refused(BrokerService service, MoveMessages asked) {
        try {
            service.move("shop", asked, "ada");
            return "";
        } catch (Refused e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatTheConfigurationDoesNotAllowIsRefused() throws Exception {
        there.declare("orders", "dead", "classic");
        BrokerService reading = there.service(BrokerAccess.READ);
        assertThatThrownBy(() -> reading.look("shop", new LookAt(there.vhost, "dead", 1, false)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("access: look");
        var asked = new MoveMessages(there.vhost, "dead", List.of(), MoveVia.QUEUE, 10, false, "");
        BrokerService looking = there.service(BrokerAccess.LOOK);
        assertThatThrownBy(() -> looking.move("shop", asked, "ada"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("access: move");
    }

    @Test
    void aWrongPasswordIsSaidAndNotTakenForSilence() throws Exception {
        BrokerSettings right = there.settings(BrokerAccess.READ);
        BrokerService service =
                there.service(
                        new BrokerSettings(
                                "shop", right.url(), null, "guest", "wrong", BrokerAccess.READ),
                        InstantSource.system());
        service.watch("shop").look();
        Broker broker = service.brokers().getFirst();
        assertThat(broker.state()).isEqualTo(BrokerState.REFUSED);
        assertThat(broker.problem()).contains("guest");
        assertThat(broker.queues()).isNull();
    }

    @Test
    void whatIsNoTextIsShownInHexadecimal() throws Exception {
        there.channel.queueDeclare("dead", true, false, false, Map.of());
        there.channel.basicPublish("", "dead", PLAIN, new byte[] {0x50, 0x4b, 3, 4, -1});
        there.publish("", "dead", "ü".repeat(200_000), PLAIN);
        List<DeadMessage> messages =
                there.service(BrokerAccess.LOOK)
                        .look("shop", new LookAt(there.vhost, "dead", 2, false))
                        .messages();
        assertThat(messages.get(0).form()).isEqualTo("hex");
        assertThat(messages.get(0).preview()).isEqualTo("00000000  50 4b 03 04 ff\n");
        assertThat(messages.get(1).form()).isEqualTo("text");
        assertThat(messages.get(1).cut()).isTrue();
        assertThat(messages.get(1).bytes()).isEqualTo(400_000);
        assertThat(messages.get(1).preview()).startsWith("üü").hasSize(16_384);
    }
}
