package dev.slipway.console.brokers;

import dev.slipway.testing.FalseBroker;
import dev.slipway.testing.FalseBroker.Answer;
import dev.slipway.testing.Strange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// One broker of many behind a management API, which answers strangely, and what the screen is to
/// show of it.
final class StrangeBroker {
    /// What lies in a queue that is never strange itself: `witness`.
    static final String MESSAGES =
            """
            [{"payload_bytes":3,"redelivered":true,"exchange":"","routing_key":"dead/letters",
              "message_count":0,"payload":"e30K","payload_encoding":"base64",
              "properties":{"message_id":"m","headers":{"tenant":"a/b","x-death":[
                {"count":2,"exchange":"shop","queue":"orders/new","reason":"rejected",
                 "routing-keys":["order.new"],"time":1700000000}]}}}]""";

    private final String name;
    private final FalseBroker api;
    private final Random random;
    private Map<String, Map<String, String>> shown = Map.of();
    private boolean up = true;
    private String told = "";

    /// @param api answers for it below `/NAME`
    StrangeBroker(String name, FalseBroker api, Random random) {
        this.name = name;
        this.api = api;
        this.random = random;
    }

    String name() {
        return name;
    }

    /// Whether it answers so that one can read it.
    boolean isUp() {
        return up;
    }

    /// The cells of each queue that is to be seen, by what stands in the column of names. While the
    /// broker can't be read it is what was read last.
    Map<String, Map<String, String>> shown() {
        return shown;
    }

    /// What it answers now, for whoever asks why the screen is not as it should be.
    String told() {
        return told;
    }

    /// Answers as a broker should.
    ///
    /// @param number tells this answer from all others
    void good(long number) {
        queues(number, 0);
    }

    /// Answers something else. It is not unreadable twice in a row: nothing on the screen would
    /// tell the second from the first.
    void strange(long number) {
        if (up && random.nextInt(3) == 0) {
            unreadable();
        } else {
            queues(number, 1 + random.nextInt(4));
        }
    }

    /// @param spoiled how many members of it are wrong
    private void queues(long number, int spoiled) {
        var witness = new StrangeQueue("/", "witness", "classic", number);
        List<StrangeQueue> victims =
                List.of(
                        new StrangeQueue("/", "orders/new", "quorum", 7),
                        new StrangeQueue("eu/west", "stock/a%2Fb", "classic", 1),
                        new StrangeQueue("/", "prices", "classic", 12_345));
        for (int i = 0; i < spoiled; i++) {
            // two strange names might be one
            victims.get(random.nextInt(victims.size())).spoil(random, i == 0);
        }
        List<StrangeQueue> all = new ArrayList<>(victims);
        all.add(random.nextInt(all.size() + 1), witness);
        List<String> items = new ArrayList<>(all.stream().map(StrangeQueue::json).toList());
        if (spoiled > 0 && random.nextBoolean()) {
            items.add(random.nextInt(items.size()), any().json());
        }
        String counted = spoiled > 2 ? any().json() : Integer.toString(items.size());
        String body =
                "{\"items\":[%s],\"page\":1,\"page_count\":%s,\"total_count\":%s}"
                        .formatted(
                                String.join(",", items), spoiled > 3 ? any().json() : "1", counted);
        answer(overview(spoiled > 0 ? any().json() : "\"RabbitMQ\""), Answer.of(body));
        up = true;
        shown = new LinkedHashMap<>();
        for (StrangeQueue queue : all) {
            queue.shownName().ifPresent(seen -> shown.put(seen, queue.shown()));
        }
    }

    private Strange any() {
        return Strange.ALL.get(random.nextInt(Strange.ALL.size()));
    }

    /// @param product as it stands in the answer; ports are texts now and then
    private Answer overview(String product) {
        return Answer.of(
                """
                {"product_name":%s,"product_version":"3.10.8",
                 "listeners":[{"protocol":"amqp","port":"5673"},{"protocol":"http","port":%s}]}"""
                        .formatted(product, any().json()));
    }

    private void unreadable() {
        String good = "{\"items\":[],\"page_count\":1,\"total_count\":0}";
        List<Answer> none =
                List.of(
                        Answer.of(404, "text/html", "<html>Not found</html>"),
                        Answer.of(404, "application/json", "{\"error\":\"Object Not Found\"}"),
                        Answer.of(200, "text/html", "<html>Sign in</html>"),
                        Answer.of(500, "text/plain", "it broke"),
                        Answer.of(200, "application/json", ""),
                        Answer.of(good.substring(0, random.nextInt(good.length()))),
                        Answer.of("[".repeat(5_000)),
                        Answer.of("null"),
                        Answer.of("{\"items\":\"infinity\"}"));
        int which = random.nextInt(none.size());
        // that of the broker itself may say anything, as long as it is an object
        if (which < none.size() - 1 && random.nextInt(4) == 0) {
            answer(none.get(which), Answer.of(good));
        } else {
            answer(overview("\"RabbitMQ\""), none.get(which));
        }
        up = false;
    }

    private void answer(Answer overview, Answer queues) {
        api.put("/" + name + "/api/overview", overview);
        api.put("/" + name + "/api/queues", queues);
        told = text(overview) + "\n" + text(queues);
    }

    private static String text(Answer answer) {
        return answer.status()
                + " "
                + new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /// What is answered to someone who looks into `witness`.
    ///
    /// @param queue of the question how it stands
    /// @param messages of the one what lies in it
    void lies(Answer queue, Answer messages) {
        String path = "/" + name + "/api/queues/%2F/witness";
        api.put(path, queue);
        api.put(path + "/get", messages);
    }
}
