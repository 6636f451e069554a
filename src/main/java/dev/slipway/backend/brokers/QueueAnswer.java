package dev.slipway.backend.brokers;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.api.brokers.BrokerQueue;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What the management interface says of queues, made into ours.
final class QueueAnswer {
    private static final int NAME_BYTES = 255;

    /// Since RabbitMQ 4 a quorum queue has a limit that no one set.
    private static final int USUAL_LIMIT_OF_4 = 20;

    private QueueAnswer() {}

    /// The queues of an answer: an array, or a page with `items`. One without a name is left out.
    ///
    /// @param product decides what a quorum queue's limit is where none was set
    static List<BrokerQueue> queues(String broker, JsonNode answer, String product, Instant now) {
        JsonNode items = answer.isArray() ? answer : answer.path("items");
        List<BrokerQueue> queues = new ArrayList<>();
        for (JsonNode item : items) {
            JsonNode name = item.path("name");
            JsonNode vhost = item.path("vhost");
            if (item.isObject() && isName(name) && isName(vhost)) {
                queues.add(queue(broker, item, product, now));
            }
        }
        return queues;
    }

    private static boolean isName(JsonNode name) {
        return name.isTextual()
                && !name.textValue().isEmpty()
                && name.textValue().length() <= NAME_BYTES;
    }

    static BrokerQueue queue(String broker, JsonNode item, String product, Instant now) {
        JsonNode rates = item.path("message_stats");
        String type = type(item);
        Long ready = Lenient.count(item.path("messages_ready"));
        return new BrokerQueue(
                broker,
                item.path("vhost").asText(),
                item.path("name").asText(),
                type,
                Lenient.text(item.path("state")),
                ready,
                Lenient.count(item.path("messages_unacknowledged")),
                Lenient.count(item.path("consumers")),
                rate(rates, "publish"),
                rate(rates, "deliver_get"),
                rate(rates, "ack"),
                // what is left of an earlier head says nothing of an empty queue
                ready != null && ready == 0
                        ? null
                        : Lenient.seconds(item.path("head_message_timestamp"), now),
                deliveryLimit(item, type, product),
                List.of(),
                now);
    }

    private static String type(JsonNode item) {
        String type = Lenient.text(item.path("type"));
        return type.isEmpty() ? Lenient.text(item.at("/arguments/x-queue-type")) : type;
    }

    private static @Nullable Double rate(JsonNode rates, String what) {
        return Lenient.number(rates.path(what + "_details").path("rate"));
    }

    private static @Nullable Integer deliveryLimit(JsonNode item, String type, String product) {
        if (!type.equals("quorum")) {
            return null;
        }
        Integer argument = Lenient.whole(item.at("/arguments/x-delivery-limit"));
        Integer policy = Lenient.whole(item.at("/effective_policy_definition/delivery-limit"));
        if (argument != null && policy != null) {
            return Math.min(argument, policy);
        }
        Integer set = argument == null ? policy : argument;
        return set == null && product.matches("RabbitMQ ([4-9]|[1-9][0-9]).*")
                ? Integer.valueOf(USUAL_LIMIT_OF_4)
                : set;
    }
}
