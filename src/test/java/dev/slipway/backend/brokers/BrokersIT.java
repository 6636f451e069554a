package dev.slipway.backend.brokers;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;
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
import dev.slipway.api.brokers.MovePreview;
import dev.slipway.api.brokers.MoveVia;
import dev.slipway.backend.http.Refused;
import dev.slipway.testing.RabbitMq;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;

class BrokersIT {
    private static final BasicProperties PLAIN = MessageProperties.PERSISTENT_TEXT_PLAIN;

    private DeadLetters there;
    private final List<BrokerService> services = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        RabbitMq rabbit = RabbitMq.shared();
        there = new DeadLetters(rabbit, rabbit.freshVhost());
    }

    @AfterEach
    void close() throws Exception {
        services.forEach(BrokerService::close);
        there.close();
    }

    private BrokerService service(BrokerAccess access) {
        return service(there.settings(access));
    }

    private BrokerService service(BrokerSettings settings) {
        return service(settings, InstantSource.system());
    }

    private BrokerService service(BrokerSettings settings, InstantSource clock) {
        var service =
                new BrokerService(
                        List.of(settings), Duration.ofSeconds(20), new NoQueue(), _ -> {}, clock);
        services.add(service);
        return service;
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

    private MoveReport move(String queue, MoveVia via, Map<String, Integer> chosen, long limit)
            throws Exception {
        try (var management =
                        new Management(there.settings(BrokerAccess.MOVE), Duration.ofSeconds(20));
                var connection =
                        AmqpLink.open(there.settings(BrokerAccess.MOVE), management, there.vhost)) {
            return new Mover(connection, queue, via)
                    .run(chosen, limit, _ -> {}, () -> false, _ -> {});
        }
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
        BrokerService service = service(BrokerAccess.READ);
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
        BrokerService service = service(BrokerAccess.LOOK);

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
                service(there.settings(BrokerAccess.LOOK), behind)
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
        MovePreview preview = service(BrokerAccess.MOVE).preview("shop", asked);
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
        there.channel.queueDeclare("dead", true, false, false, Map.of());
        // whatever comes dies at once
        there.channel.queueDeclare(
                "orders",
                true,
                false,
                false,
                Map.of(
                        "x-message-ttl",
                        0,
                        "x-dead-letter-exchange",
                        "",
                        "x-dead-letter-routing-key",
                        "dead"));
        for (int i = 0; i < 5; i++) {
            there.publish("", "orders", "m" + i, PLAIN);
        }
        eventually("all are dead", () -> there.depth("dead") == 5);

        assertThat(move("dead", MoveVia.QUEUE, Map.of(), 5).movedSoFar()).isEqualTo(5);
        eventually("they are dead again", () -> there.depth("dead") == 5);
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
        BrokerService service = service(BrokerAccess.LOOK);
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
        BrokerService service = service(BrokerAccess.MOVE);
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
        BrokerService reading = service(BrokerAccess.READ);
        assertThatThrownBy(() -> reading.look("shop", new LookAt(there.vhost, "dead", 1, false)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("access: look");
        var asked = new MoveMessages(there.vhost, "dead", List.of(), MoveVia.QUEUE, 10, false, "");
        BrokerService looking = service(BrokerAccess.LOOK);
        assertThatThrownBy(() -> looking.move("shop", asked, "ada"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("access: move");
    }

    @Test
    void aWrongPasswordIsSaidAndNotTakenForSilence() throws Exception {
        BrokerSettings right = there.settings(BrokerAccess.READ);
        BrokerService service =
                service(
                        new BrokerSettings(
                                "shop", right.url(), null, "guest", "wrong", BrokerAccess.READ));
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
                service(BrokerAccess.LOOK)
                        .look("shop", new LookAt(there.vhost, "dead", 2, false))
                        .messages();
        assertThat(messages.get(0).form()).isEqualTo("hex");
        assertThat(messages.get(0).preview()).isEqualTo("00000000  50 4b 03 04 ff\n");
        assertThat(messages.get(1).form()).isEqualTo("text");
        assertThat(messages.get(1).cut()).isTrue();
        assertThat(messages.get(1).bytes()).isEqualTo(400_000);
        assertThat(messages.get(1).preview()).startsWith("üü").hasSize(16_384);
    }

    @Test
    void textOfAnyBytesIsReadAsUtf8OrNot() {
        byte[] cut = "aaé".getBytes(StandardCharsets.UTF_8);
        assertThat(Payload.of(java.util.Arrays.copyOf(cut, 3), 4).text()).isEqualTo("aa");
        assertThat(Payload.of(java.util.Arrays.copyOf(cut, 3), 3).form()).isEqualTo("hex");
    }
}
