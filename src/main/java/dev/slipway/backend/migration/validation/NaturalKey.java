package dev.slipway.backend.migration.validation;

import dev.slipway.backend.migration.plan.Column;
import dev.slipway.backend.migration.plan.Match;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a row is found by in another step, made by other means than the engine's.
final class NaturalKey {
    private NaturalKey() {}

    /// What some values name: a natural key, or a value of a column if there is no match.
    static @Nullable String of(@Nullable Match match, List<@Nullable String> values) {
        return match == null ? TextReading.bareOrNull(values.getFirst()) : matched(match, values);
    }

    /// A column's values as its plan has them prepared.
    static List<@Nullable String> prepared(Column column, List<@Nullable String> raw) {
        List<@Nullable String> values = new ArrayList<>();
        for (String value : raw) {
            values.add(Witness.prepared(column, value));
        }
        return values;
    }

    private static @Nullable String matched(Match match, List<@Nullable String> raw) {
        List<String> parts = new ArrayList<>();
        for (String value : raw) {
            String part = value == null ? "" : value;
            for (String how : match.normal()) {
                part =
                        switch (how) {
                            case "repair" -> TextReading.repaired(part);
                            case "trim" -> TextReading.bare(part);
                            case "lower" -> part.toLowerCase(Locale.ROOT);
                            case "slug" -> TextReading.slug(part);
                            case "email" -> Reading.EMAIL.matcher(part).matches() ? part : "";
                            default -> part.replaceAll("[^0-9]", "");
                        };
            }
            parts.add(part);
        }
        String key = String.join("\u001F", parts);
        return key.replace("\u001F", "").isEmpty() ? null : key;
    }
}
