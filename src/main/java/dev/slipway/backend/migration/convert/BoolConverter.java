package dev.slipway.backend.migration.convert;

import dev.slipway.backend.migration.plan.ColumnType;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// True or false, whatever the case of the letters.
final class BoolConverter implements Converter {
    private final Map<String, Boolean> spellings = new HashMap<>();

    BoolConverter(ColumnType.Bool type) {
        put(type.yes(), true);
        put(type.no(), false);
    }

    private void put(List<String> words, boolean value) {
        words.forEach(word -> spellings.put(word.strip().toLowerCase(Locale.ROOT), value));
    }

    @Override
    public @Nullable Object convert(String raw) throws BadValue {
        String word = raw.strip().toLowerCase(Locale.ROOT);
        Boolean value = spellings.get(word);
        if (value == null && !word.isEmpty()) {
            throw new BadValue("is neither true nor false");
        }
        return value;
    }
}
