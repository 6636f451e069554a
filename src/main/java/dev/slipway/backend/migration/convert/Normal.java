package dev.slipway.backend.migration.convert;

import dev.slipway.backend.migration.plan.Match;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/// The natural key of a raw row: its parts made alike, then joined.
public final class Normal {
    private static final char BETWEEN = '\u001F';

    private Normal() {}

    /// The natural key of some raw values, or null if all of them are missing.
    public static @Nullable String key(Match match, List<@Nullable String> raw) {
        var key = new StringBuilder();
        boolean any = false;
        for (int i = 0; i < raw.size(); i++) {
            String value = raw.get(i);
            String part = value == null ? "" : part(match.normal(), value);
            any |= !part.isEmpty();
            if (i > 0) {
                key.append(BETWEEN);
            }
            key.append(part);
        }
        return any ? key.toString() : null;
    }

    private static String part(List<String> normal, String value) {
        String part = value;
        for (String how : normal) {
            part =
                    switch (how) {
                        case "repair" -> Encoding.repair(part);
                        case "trim" -> part.strip();
                        case "lower" -> part.toLowerCase(Locale.ROOT);
                        case "slug" -> TextConverter.slug(part);
                        case "email" -> EmailConverter.good(part) ? part : "";
                        case "digits" -> part.replaceAll("\\D", "");
                        default -> throw new IllegalArgumentException(how);
                    };
        }
        // PostgreSQL keeps no NUL in text, and a lone surrogate has no UTF-8
        return part.indexOf('\0') >= 0 || Encoding.hasRawBytes(part)
                ? part.codePoints().boxed().map(Integer::toHexString).toList().toString()
                : part;
    }
}
