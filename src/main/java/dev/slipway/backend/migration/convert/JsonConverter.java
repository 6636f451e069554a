package dev.slipway.backend.migration.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.slipway.backend.migration.plan.ColumnType;

import org.jspecify.annotations.Nullable;

/// JSON without needless blanks, and PHP's serialised form if the plan says so.
record JsonConverter(ColumnType.Json type) implements Converter {
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
            return tree;
        } catch (JsonProcessingException e) {
            throw new BadValue("is not JSON: " + e.getOriginalMessage());
        }
    }
}
