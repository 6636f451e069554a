package dev.slipway.backend.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.slipway.api.brokers.Broker;
import dev.slipway.api.brokers.BrokerAccess;
import dev.slipway.api.brokers.BrokerQueue;
import dev.slipway.api.brokers.BrokerState;
import dev.slipway.api.brokers.DeadMessage;
import dev.slipway.api.events.Kind;
import dev.slipway.backend.http.WireJson;
import dev.slipway.testing.FalseBroker;
import dev.slipway.testing.FalseBroker.Answer;
import dev.slipway.testing.Strange;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/// Whatever a broker answers, its figures are right, or unknown, or it is said to be away; and the
/// next good answer puts all right.
class BrokerFuzzIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROUNDS = Integer.getInteger("slipway.fuzz", 400);
    private static final String OVERVIEW =
            """
            {"product_name":"RabbitMQ","product_version":"3.10.8",
             "listeners":[{"protocol":"amqp","port":"5673"},{"protocol":"http","port":15673}]}""";
    private static final String QUEUES =
            """
            {"items":[
              {"name":"orders/new","vhost":"/","type":"quorum","state":"running","consumers":2,
               "messages":7,"messages_ready":5,"messages_unacknowledged":2,
               "arguments":{"x-queue-type":"quorum","x-delivery-limit":4},
               "message_stats":{"publish":10,"publish_details":{"rate":1.5},
                 "deliver_get_details":{"rate":1.0},"ack_details":{"rate":0.5}}},
              {"name":"old","vhost":"eu/west","type":"classic","state":"idle","consumers":0,
               "messages":3,"messages_ready":3,"messages_unacknowledged":0,
               "head_message_timestamp":1700000000}],
             "page":1,"page_count":1,"page_size":500,"total_count":2}""";
    private static final String MESSAGES =
            """
            [{"payload_bytes":3,"redelivered":true,"exchange":"","routing_key":"dead",
              "message_count":0,"payload":"e30K","payload_encoding":"base64",
              "properties":{"message_id":"m","headers":{"tenant":"a","x-death":[
                {"count":2,"exchange":"shop","queue":"orders","reason":"rejected",
                 "routing-keys":["order.new"],"time":1700000000}]}}}]""";
    private final List<String> pushed = new CopyOnWriteArrayList<>();
    private FalseBroker answers;
    private BrokerService service;

    @BeforeEach
    void start() throws IOException {
        answers = new FalseBroker();
        var url = answers.uri();
        service =
                new BrokerService(
                        List.of(
                                new BrokerSettings(
                                        "shop", url, null, "guest", "guest", BrokerAccess.MOVE)),
                        Duration.ofMillis(1_500),
                        new NoQueue(),
                        change -> {
                            pushed.add(change.kind());
                            try {
                                // what can't be written would break the stream
                                WireJson.mapper().writeValueAsString(change);
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        },
                        InstantSource.system());
    }

    @AfterEach
    void close() {
        service.close();
        answers.close();
    }

    private void good() {
        answers.put("/api/overview", Answer.of(OVERVIEW));
        answers.put("/api/queues", Answer.of(QUEUES));
    }

    private Broker look() throws InterruptedException {
        service.watch("shop").look();
        return service.brokers().getFirst();
    }

    private void rightAgain() throws InterruptedException {
        good();
        Broker broker = look();
        assertThat(broker.state()).isEqualTo(BrokerState.UP);
        assertThat(broker.problem()).isEmpty();
        assertThat(broker.queues()).isEqualTo(2);
        BrokerQueue orders = service.queues("shop").getFirst();
        assertThat(orders.name()).isEqualTo("orders/new");
        assertThat(orders.ready()).isEqualTo(5);
        assertThat(orders.unacked()).isEqualTo(2);
        assertThat(orders.consumers()).isEqualTo(2);
        assertThat(orders.inPerSecond()).isEqualTo(1.5);
        assertThat(orders.deliveryLimit()).isEqualTo(4);
        assertThat(orders.oldest()).isNull();
        BrokerQueue old = service.queues("shop").getLast();
        assertThat(old.oldest()).isEqualTo(Instant.ofEpochSecond(1_700_000_000L));
        assertThat(old.inPerSecond()).isNull();
    }

    @Test
    void onlyWhatIsDifferentIsTold() throws Exception {
        good();
        // until the depths of the last looks are full they differ
        for (int i = 0; i < 61; i++) {
            look();
        }
        pushed.clear();
        look();
        assertThat(pushed).containsExactly(Kind.BROKER.wire());

        answers.put("/api/queues", Answer.of(QUEUES.replace("\"consumers\":2", "\"consumers\":3")));
        look();
        assertThat(pushed)
                .containsExactly(Kind.BROKER.wire(), Kind.BROKER.wire(), Kind.BROKER_QUEUE.wire());
    }

    @Test
    void pagesWithoutEndAreNotReadWithoutEnd() {
        good();
        answers.put(
                "/api/queues",
                Answer.of("{\"items\":[],\"page_count\":1000000000,\"total_count\":7}"));
        Broker broker = assertTimeoutPreemptively(Duration.ofMinutes(1), this::look);
        assertThat(broker.queues()).isEqualTo(7);
    }

    @Test
    void noAnswerBreaksItAndTheNextGoodOnePutsItRight() throws Exception {
        Random random = dev.slipway.testing.Kills.random(BrokerFuzzIT.class);
        int up = 0;
        for (int round = 0; round < ROUNDS; round++) {
            good();
            boolean overview = random.nextInt(4) == 0;
            String mutated = mutated(overview ? OVERVIEW : QUEUES, random);
            answers.put(overview ? "/api/overview" : "/api/queues", Answer.of(mutated));
            Broker broker = look();
            assertThat(broker.state()).as(mutated).isIn(BrokerState.UP, BrokerState.AWAY);
            assertThat(broker.problem().isEmpty())
                    .as(mutated)
                    .isEqualTo(broker.state() == BrokerState.UP);
            for (BrokerQueue queue : service.queues("shop")) {
                sane(queue, mutated);
            }
            up += broker.state() == BrokerState.UP ? 1 : 0;
            if (round % 10 == 0) {
                rightAgain();
            }
        }
        rightAgain();
        // most of what is odd in one place leaves the rest readable
        assertThat(up).isGreaterThan(ROUNDS / 3);
        System.out.println("BrokerFuzzIT: " + ROUNDS + " answers, " + up + " of them readable");
    }

    private static void sane(BrokerQueue queue, String mutated) {
        assertThat(queue.name()).as(mutated).isNotEmpty().hasSizeLessThanOrEqualTo(255);
        for (Long number : new Long[] {queue.ready(), queue.unacked(), queue.consumers()}) {
            assertThat(number == null || number >= 0).as(mutated).isTrue();
        }
        for (Double rate :
                new Double[] {queue.inPerSecond(), queue.outPerSecond(), queue.ackedPerSecond()}) {
            assertThat(rate == null || rate >= 0 && Double.isFinite(rate)).as(mutated).isTrue();
        }
        // what is not said is unknown: a figure of 0 is one that the broker gave
        boolean saidZero = mutated.contains(":0") || mutated.contains("\"0\"");
        assertThat(saidZero || queue.ready() == null || queue.ready() > 0).as(mutated).isTrue();
    }

    /// One to three places of an answer are changed: left out, or of another kind.
    private static String mutated(String json, Random random) throws IOException {
        JsonNode tree = JSON.readTree(json);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            List<Runnable> places = new ArrayList<>();
            collect(tree, random, places);
            places.get(random.nextInt(places.size())).run();
        }
        String text = tree.toString();
        return switch (random.nextInt(20)) {
            case 0 -> text.substring(0, random.nextInt(text.length()));
            case 1 -> text + text;
            case 2 -> "<html><body>" + text + "</body></html>";
            default -> text;
        };
    }

    private static void collect(JsonNode node, Random random, List<Runnable> places)
            throws IOException {
        JsonNode strange =
                JSON.readTree(Strange.ALL.get(random.nextInt(Strange.ALL.size())).json());
        if (node instanceof ObjectNode object) {
            for (var entry : List.copyOf(object.properties())) {
                places.add(() -> object.remove(entry.getKey()));
                places.add(() -> object.set(entry.getKey(), strange));
                collect(entry.getValue(), random, places);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int at = i;
                places.add(() -> array.set(at, strange));
                collect(array.get(i), random, places);
            }
            places.add(() -> array.add(strange));
        }
    }

    @Test
    void whatIsNoAnswerIsSaidToBeNone() throws Exception {
        byte[] huge = new byte[49 << 20];
        java.util.Arrays.fill(huge, (byte) '[');
        byte[] page = "<html>Sign in</html>".getBytes(StandardCharsets.UTF_8);
        byte[] queues = QUEUES.getBytes(StandardCharsets.UTF_8);
        List<Answer> none =
                List.of(
                        new Answer(404, "text/html", page, false),
                        new Answer(
                                404,
                                "application/json",
                                "{}".getBytes(StandardCharsets.UTF_8),
                                false),
                        new Answer(200, "text/html", page, false),
                        new Answer(302, "text/html", page, false),
                        new Answer(500, "text/plain", page, false),
                        new Answer(204, "application/json", new byte[0], false),
                        new Answer(200, "application/json", new byte[0], false),
                        new Answer(200, "application/json", huge, false),
                        new Answer(
                                200,
                                "application/json",
                                "[".repeat(5_000).getBytes(StandardCharsets.UTF_8),
                                false),
                        new Answer(200, "application/json", new byte[] {-1, -2, 0}, false),
                        new Answer(200, "application/json", queues, true));
        for (Answer answer : none) {
            rightAgain();
            answers.put("/api/queues", answer);
            Broker broker = look();
            assertThat(broker.state()).as(answer.toString()).isEqualTo(BrokerState.AWAY);
            assertThat(broker.problem()).isNotEmpty().doesNotContain("Exception");
            // what was known stays, and is of then
            assertThat(service.queues("shop")).hasSize(2);
            assertThat(service.queues("shop").getFirst().ready()).isEqualTo(5);
        }
        rightAgain();
    }

    @Test
    void moreQueuesThanCanBeShownAreCounted() throws Exception {
        ArrayNode items = JSON.createArrayNode();
        for (int i = 0; i < BrokerWatch.PAGE; i++) {
            items.addObject().put("name", "q" + i + "-" + "ü".repeat(9)).put("vhost", "/");
        }
        ObjectNode page =
                JSON.createObjectNode().put("page_count", 999).put("total_count", 499_500);
        page.set("items", items);
        answers.put("/api/overview", Answer.of(OVERVIEW));
        answers.put("/api/queues", Answer.of(page.toString()));
        Broker broker = look();
        assertThat(broker.state()).isEqualTo(BrokerState.UP);
        assertThat(broker.queues()).isEqualTo(499_500);
        assertThat(broker.shown()).isLessThanOrEqualTo(BrokerWatch.MOST_QUEUES);
        assertThat(service.queues("shop").getFirst().ready()).isNull();
    }

    @Test
    void noMessageBreaksTheLook() throws Exception {
        Random random = dev.slipway.testing.Kills.random(BrokerFuzzIT.class);
        for (int round = 0; round < ROUNDS; round++) {
            String mutated = mutated(MESSAGES, random);
            JsonNode tree;
            try {
                tree = Lenient.tree(mutated);
            } catch (Unreadable e) {
                continue;
            }
            for (DeadMessage message : MessageAnswer.messages(tree)) {
                WireJson.mapper().writeValueAsString(message);
                assertThat(message.form()).isIn("json", "text", "hex");
                assertThat(message.fingerprint()).hasSize(32);
            }
        }
        DeadMessage good = MessageAnswer.messages(Lenient.tree(MESSAGES)).getFirst();
        assertThat(good.preview()).isEqualTo("{ }");
        assertThat(good.deaths()).hasSize(1);
    }

    @Test
    void portsAreNumbersAlsoAsText() throws Exception {
        assertThat(AmqpLink.port(JSON.readTree(OVERVIEW))).isEqualTo(5673);
        assertThat(AmqpLink.port(JSON.readTree("{\"listeners\":[{\"protocol\":\"amqp\"}]}")))
                .isEqualTo(5672);
        assertThat(
                        AmqpLink.port(
                                JSON.readTree(
                                        "{\"listeners\":[{\"protocol\":\"amqp\",\"port\":\"x\"}]}")))
                .isEqualTo(5672);
    }
}
