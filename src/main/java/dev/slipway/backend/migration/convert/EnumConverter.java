package dev.slipway.backend.migration.convert;

import dev.slipway.backend.migration.plan.ColumnType;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// One of a few words, by spellings.
final class EnumConverter implements Converter {
    private final ColumnType.Enumeration type;
    private final Map<String, String> spellings = new HashMap<>();

    EnumConverter(ColumnType.Enumeration type) {
        this.type = type;
        type.values()
                .forEach(
                        (value, words) -> {
                            spellings.put(fold(value), value);
                            words.forEach(word -> spellings.put(fold(word), value));
                        });
    }

    private String fold(String word) {
        return type.exact() ? word : word.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public @Nullable Object convert(String raw) throws BadValue {
        String value = spellings.get(fold(raw));
        if (value == null && !raw.isBlank()) {
            throw new BadValue("is none of the known spellings");
        }
        return value;
    }
}
