package dev.slipway.backend.migration.convert;

import dev.slipway.backend.migration.plan.ColumnType;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.regex.Pattern;

/// Text: repaired, trimmed, cut, each only if the plan says so.
record TextConverter(ColumnType.Text type) implements Converter {
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

    @Override
    public @Nullable Object convert(String raw) throws BadValue {
        if (Encoding.hasRawBytes(raw)) {
            throw new BadValue(
                    "holds bytes that are not UTF-8; 'repair: true' reads them as Latin-1");
        }
        String text = letters(trim(withoutNul(raw)));
        text = type.slug() ? slug(text) : text;
        if (text.isEmpty() && (type.emptyIsMissing() || type.slug())) {
            return null;
        }
        return type.max() > 0 ? fit(text) : text;
    }

    /// Letters, digits, signs, blanks and line feeds, none of which is to be changed.
    @Override
    public @Nullable Object plain(String raw) {
        int length = raw.length();
        boolean kept = type.letters() == ColumnType.LetterCase.KEEP && !type.slug();
        if (!kept || length == 0 || (type.max() > 0 && length > type.max())) {
            return null;
        }
        for (int i = 0; i < length; i++) {
            char c = raw.charAt(i);
            if (c >= 0x7F || (c < ' ' && c != '\n')) {
                return null;
            }
        }
        boolean trimmed =
                switch (type.trim()) {
                    case NONE -> true;
                    case RIGHT -> raw.charAt(length - 1) > ' ';
                    case BOTH -> raw.charAt(0) > ' ' && raw.charAt(length - 1) > ' ';
                };
        return trimmed ? raw : null;
    }

    private String withoutNul(String text) throws BadValue {
        if (text.indexOf('\0') < 0) {
            return text;
        }
        if (!type.removeNul()) {
            throw new BadValue("holds a NUL character; 'nul: remove' takes it out");
        }
        return text.replace("\0", "");
    }

    private String trim(String text) {
        return switch (type.trim()) {
            case NONE -> text;
            case RIGHT -> text.stripTrailing();
            case BOTH -> text.strip();
        };
    }

    private String letters(String text) {
        return switch (type.letters()) {
            case KEEP -> text;
            case LOWER -> text.toLowerCase(Locale.ROOT);
            case UPPER -> text.toUpperCase(Locale.ROOT);
        };
    }

    /// Lower-case words with hyphens between.
    static String slug(String text) {
        String words = text.toLowerCase(Locale.ROOT);
        return BETWEEN.matcher(words).replaceAll("-").replaceAll("^-|-$", "");
    }

    private String fit(String text) throws BadValue {
        int length = text.codePointCount(0, text.length());
        if (length <= type.max()) {
            return text;
        }
        if (!type.cut()) {
            throw new BadValue("is " + length + " characters long, " + type.max() + " are allowed");
        }
        return text.substring(0, text.offsetByCodePoints(0, type.max()));
    }
}
