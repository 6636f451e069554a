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
