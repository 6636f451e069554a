package dev.slipway.backend.migration.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// JSON in the spelling in which PostgreSQL gives a `jsonb` back: keys by length, then by their
/// bytes. So what is read back can be compared with what was written.
final class PostgresJson {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private PostgresJson() {}

    static String spelt(String json) {
        try {
            var spelt = new StringBuilder(json.length() + 16);
            write(JSON.readTree(json), spelt);
            return spelt.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a converter made no JSON", e);
        }
    }

    private static void write(JsonNode node, StringBuilder out) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node, out);
            case ARRAY -> {
                out.append('[');
                for (int i = 0; i < node.size(); i++) {
                    out.append(i == 0 ? "" : ", ");
                    write(node.get(i), out);
                }
                out.append(']');
            }
            case STRING -> string(node.textValue(), out);
            case NUMBER -> out.append(node.decimalValue().toPlainString());
            default -> out.append(node.asText());
        }
    }

    private static void object(JsonNode node, StringBuilder out) {
        List<byte[]> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(k -> keys.add(k.getBytes(StandardCharsets.UTF_8)));
        keys.sort(
                (a, b) ->
                        a.length == b.length
                                ? Arrays.compareUnsigned(a, b)
                                : Integer.compare(a.length, b.length));
        out.append('{');
        for (int i = 0; i < keys.size(); i++) {
            String key = new String(keys.get(i), StandardCharsets.UTF_8);
            out.append(i == 0 ? "" : ", ");
            string(key, out);
            out.append(": ");
            write(node.get(key), out);
        }
        out.append('}');
    }

    private static void string(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < 0x20) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
