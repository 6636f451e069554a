package dev.slipway.backend.brokers;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.api.brokers.DeadMessage;
import dev.slipway.api.brokers.Death;
import dev.slipway.api.brokers.Header;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// What the management interface says of messages, made into ours.
final class MessageAnswer {
    private static final String DEATHS = "x-death";
    private static final int MOST_HEADERS = 100;
    private static final int MOST_DEATHS = 50;
    private static final int LONGEST_VALUE = 1_000;

    private MessageAnswer() {}

    static List<DeadMessage> messages(JsonNode answer) {
        List<DeadMessage> messages = new ArrayList<>();
        for (JsonNode item : answer) {
            if (item.isObject()) {
                messages.add(message(item));
            }
        }
        return messages;
    }

    private static DeadMessage message(JsonNode item) {
        byte[] payload = payload(item);
        Long said = Lenient.count(item.path("payload_bytes"));
        long bytes = said == null ? payload.length : Math.max(said, payload.length);
        // without any property, it is an empty array
        JsonNode properties = item.path("properties");
        JsonNode headers = properties.path("headers");
        List<Death> deaths = deaths(headers.path(DEATHS));
        Death origin = deaths.isEmpty() ? null : deaths.getFirst();
        String exchange = Lenient.text(item.path("exchange"));
        String routingKey = Lenient.text(item.path("routing_key"));
        Payload shown = Payload.of(payload, bytes);
        return new DeadMessage(
                Fingerprint.of(
                        payload,
                        bytes,
                        exchange,
                        routingKey,
                        Lenient.text(properties.path("message_id")),
                        Lenient.text(properties.path("correlation_id")),
                        origin),
                exchange,
                routingKey,
                item.path("redelivered").asBoolean(false),
                bytes,
                shown.form(),
                shown.text(),
                shown.cut(),
                values(headers, DEATHS),
                values(properties, "headers"),
                deaths,
                origin);
    }

    private static byte[] payload(JsonNode item) {
        String payload = item.path("payload").asText("");
        if (Lenient.text(item.path("payload_encoding")).equals("base64")) {
            try {
                return Base64.getDecoder().decode(payload);
            } catch (IllegalArgumentException e) {
                // then it is what it says
            }
        }
        return payload.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static List<Header> values(JsonNode object, String but) {
        List<Header> values = new ArrayList<>();
        object.properties().stream()
                .filter(entry -> !entry.getKey().equals(but))
                .limit(MOST_HEADERS)
                .forEach(entry -> values.add(new Header(entry.getKey(), value(entry.getValue()))));
        return values;
    }

    private static String value(JsonNode node) {
        String text = node.isValueNode() ? node.asText() : node.toString();
        return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
    }

    static List<Death> deaths(JsonNode entries) {
        List<Death> deaths = new ArrayList<>();
        for (JsonNode entry : entries) {
            JsonNode queue = entry.path("queue");
            if (entry.isObject() && queue.isTextual() && deaths.size() < MOST_DEATHS) {
                deaths.add(
                        new Death(
                                queue.textValue(),
                                entry.path("exchange").asText(""),
                                keys(entry.path("routing-keys")),
                                Lenient.text(entry.path("reason")),
                                Lenient.count(entry.path("count")),
                                // part of the fingerprint: as it is taken over AMQP
                                Lenient.moment(entry.path("time"))));
            }
        }
        return deaths;
    }

    private static List<String> keys(JsonNode keys) {
        List<String> all = new ArrayList<>();
        for (JsonNode key : keys) {
            if (key.isTextual()) {
                all.add(key.textValue());
            }
        }
        return all;
    }
}
