package dev.slipway.backend.migration.convert;

import dev.slipway.backend.migration.plan.ColumnType;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/// An e-mail address: one `@`, something before it, a domain of at least two labels behind it.
record EmailConverter(ColumnType.Email type) implements Converter {
    private static final int LONGEST = 254;

    @Override
    public @Nullable Object convert(String raw) throws BadValue {
        String text = raw.strip();
        if (text.isEmpty()) {
            return null;
        }
        check(text);
        return type.lower() ? text.toLowerCase(Locale.ROOT) : text;
    }

    /// `ann.b-c@shop.example`, without capitals.
    @Override
    public @Nullable Object plain(String raw) {
        int at = raw.indexOf('@');
        int length = raw.length();
        if (at < 1 || length > LONGEST) {
            return null;
        }
        for (int i = 0; i < at; i++) {
            char c = raw.charAt(i);
            if (!ofPlainLabel(c) && c != '.' && c != '_' && c != '+') {
                return null;
            }
        }
        int points = 0;
        char before = '.';
        for (int i = at + 1; i < length; i++) {
            char c = raw.charAt(i);
            boolean point = c == '.' && before != '.';
            if (!point && !ofPlainLabel(c)) {
                return null;
            }
            points += point ? 1 : 0;
            before = c;
        }
        return points > 0 && before != '.' ? raw : null;
    }

    private static boolean ofPlainLabel(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }

    /// Whether a text is an address.
    static boolean good(String text) {
        try {
            check(text);
            return true;
        } catch (BadValue e) {
            return false;
        }
    }

    private static void check(String text) throws BadValue {
        if (Encoding.hasRawBytes(text)) {
            throw new BadValue("holds bytes that are not UTF-8");
        }
        int at = text.indexOf('@');
        if (at < 1 || at != text.lastIndexOf('@') || text.length() > LONGEST) {
            throw new BadValue("is no e-mail address");
        }
        local(text, at);
        domain(text.substring(at + 1));
    }

    private static void local(String text, int at) throws BadValue {
        for (int i = 0; i < at; i++) {
            char c = text.charAt(i);
            if (c <= ' '
                    || c == 0x7F
                    || "()<>[]:;,\\\"".indexOf(c) >= 0
                    || Character.isWhitespace(c)) {
                throw new BadValue("is no e-mail address: '" + c + "' before the @");
            }
        }
    }

    private static void domain(String domain) throws BadValue {
        String[] labels = domain.split("\\.", -1);
        boolean good = labels.length >= 2;
        for (String label : labels) {
            good &= !label.isEmpty() && label.chars().allMatch(EmailConverter::ofLabel);
        }
        if (!good) {
            throw new BadValue("is no e-mail address: its domain is no domain");
        }
    }

    private static boolean ofLabel(int c) {
        return c == '-' || Character.isLetterOrDigit(c);
    }
}
