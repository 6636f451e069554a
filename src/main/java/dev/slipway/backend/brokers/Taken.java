package dev.slipway.backend.brokers;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;

import dev.slipway.api.brokers.Death;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A message that was taken over AMQP and is not acknowledged yet.
record Taken(GetResponse got, List<Death> deaths) {
    private static final String TRACE = "x-slipway-moved";
    private static final List<String> HISTORY =
            List.of(
                    "x-death",
                    "x-first-death-exchange",
                    "x-first-death-queue",
                    "x-first-death-reason",
                    "x-last-death-exchange",
                    "x-last-death-queue",
                    "x-last-death-reason",
                    "x-delivery-count");

    static Taken of(GetResponse got) {
        return new Taken(got, deaths(got.getProps().getHeaders()));
    }

    long tag() {
        return got.getEnvelope().getDeliveryTag();
    }

    byte[] body() {
        return got.getBody();
    }

    @Nullable Death origin() {
        return deaths.isEmpty() ? null : deaths.getFirst();
    }

    String fingerprint() {
        BasicProperties properties = got.getProps();
        return Fingerprint.of(
                got.getBody(),
                got.getBody().length,
                got.getEnvelope().getExchange(),
                got.getEnvelope().getRoutingKey(),
                Objects.requireNonNullElse(properties.getMessageId(), ""),
                Objects.requireNonNullElse(properties.getCorrelationId(), ""),
                origin());
    }

    /// The message's properties for its way back. Its history of deaths begins anew, or its
    /// consumers would give it up at once; the user is the mover, since the broker refuses any
    /// other; and straight into a queue, copies for other keys are not made again.
    ///
    /// @param token names this sending in a header, and tells later that it was moved
    BasicProperties forTheWayBack(Destination to, String token) {
        Map<String, Object> headers = new HashMap<>();
        if (got.getProps().getHeaders() != null) {
            headers.putAll(got.getProps().getHeaders());
        }
        HISTORY.forEach(headers::remove);
        if (to.exchange().isEmpty()) {
            headers.remove("CC");
            headers.remove("BCC");
        }
        headers.put(TRACE, token);
        return got.getProps().builder().headers(headers).userId(null).build();
    }

    /// The token of a message that came back, or empty.
    static String token(BasicProperties properties) {
        Map<String, Object> headers = properties.getHeaders();
        return headers == null ? "" : String.valueOf(headers.get(TRACE));
    }

    private static List<Death> deaths(@Nullable Map<String, Object> headers) {
        List<Death> deaths = new ArrayList<>();
        if (headers != null && headers.get("x-death") instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> map && map.get("queue") != null) {
                    deaths.add(death(map));
                }
            }
        }
        return deaths;
    }

    private static Death death(Map<?, ?> entry) {
        List<String> keys = new ArrayList<>();
        if (entry.get("routing-keys") instanceof List<?> all) {
            all.forEach(key -> keys.add(String.valueOf(key)));
        }
        return new Death(
                text(entry, "queue"),
                text(entry, "exchange"),
                keys,
                text(entry, "reason"),
                entry.get("count") instanceof Number count ? count.longValue() : null,
                entry.get("time") instanceof Date time ? time.toInstant() : null);
    }

    private static String text(Map<?, ?> entry, String key) {
        Object value = entry.get(key);
        return value == null ? "" : value.toString();
    }
}
