package dev.slipway.backend.migration.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.slipway.backend.migration.plan.ColumnType;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/// JSON without needless blanks, and PHP's serialised form if the plan says so.
record JsonConverter(ColumnType.Json type) implements Converter {
    /// How many digits PostgreSQL's `numeric` has room for before and behind the point.
    private static final int MOST_BEFORE = 131_072;

    private static final int MOST_BEHIND = 16_383;
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    @Override
    public @Nullable Object convert(String raw) throws BadValue {
        String text = raw.strip();
        if (text.isEmpty()) {
            return null;
        }
        JsonNode tree =
                type.php() && PhpSerialised.looksLike(text) ? PhpSerialised.read(text) : json(text);
        return tree.toString();
    }

    private static JsonNode json(String text) throws BadValue {
        try {
            JsonNode tree = JSON.readTree(text);
            if (tree == null || tree.isMissingNode()) {
                throw new BadValue("is not JSON");
            }
            numbers(tree);
            return tree;
        } catch (JsonProcessingException e) {
            throw new BadValue("is not JSON: " + e.getOriginalMessage());
        }
    }

    /// Written out, `1e999999999` would fill the memory, and no target keeps it.
    private static void numbers(JsonNode node) throws BadValue {
        if (node.isBigDecimal()) {
            BigDecimal number = node.decimalValue();
            long before = (long) number.precision() - number.scale();
            if (before > MOST_BEFORE || number.scale() > MOST_BEHIND) {
                throw new BadValue("holds a number that is too long to be kept");
            }
        }
        for (JsonNode child : node) {
            numbers(child);
        }
    }
}
