package dev.slipway.backend.brokers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;

/// Reads what a broker says of itself. What is missing, of another type or beyond reason is null,
/// and nothing else is lost over it: statistics come late or not at all, numbers come as texts, and
/// `"infinity"` is a number too.
final class Lenient {
    private static final int LONGEST = 512;
    private static final int MOST_DEPTH = 64;

    /// No message of the past is older: what is below is no time in seconds.
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    private static final double MOST = 1e15;

    private static final ObjectMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MOST_DEPTH)
                                                    .maxNumberLength(64)
                                                    .build())
                                    .build())
                    .build();

    private Lenient() {}

    /// @throws Unreadable if it is not JSON
    static JsonNode tree(String body) throws Unreadable {
        try {
            JsonNode tree = JSON.readTree(body);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (JsonProcessingException e) {
            throw new Unreadable(
                    body.stripLeading().startsWith("<")
                            ? "it answered with a web page instead of figures"
                            : "its answer is not JSON");
        }
    }

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A text; empty if it is none.
    static String text(JsonNode node) {
        if (!node.isValueNode() || node.isNull()) {
            return "";
        }
        String text = node.asText();
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    static @Nullable Double number(JsonNode node) {
        double value = Double.NaN;
        if (node.isNumber()) {
            value = node.doubleValue();
        } else if (node.isTextual() && node.textValue().length() < 40) {
            try {
                value = Double.parseDouble(node.textValue().strip());
            } catch (NumberFormatException e) {
                // unknown
            }
        }
        // also drops NaN
        return value >= 0 && value <= MOST ? value : null;
    }

    static @Nullable Long count(JsonNode node) {
        Double value = number(node);
        return value == null || value != Math.rint(value) ? null : value.longValue();
    }

    static @Nullable Integer whole(JsonNode node) {
        Long value = count(node);
        return value == null || value > Integer.MAX_VALUE ? null : value.intValue();
    }

    /// A time in seconds since 1970 as the broker tells it, whatever our clock says.
    static @Nullable Instant moment(JsonNode node) {
        Double value = number(node);
        return value == null ? null : Instant.ofEpochSecond(value.longValue());
    }

    /// A time in seconds since 1970, not in the future.
    static @Nullable Instant seconds(JsonNode node, Instant now) {
        Double value = number(node);
        if (value == null) {
            return null;
        }
        try {
            Instant at = Instant.ofEpochSecond(value.longValue());
            return at.isBefore(FIRST) || at.isAfter(now) ? null : at;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
