package dev.slipway.backend.migration.validation;

import dev.slipway.backend.migration.plan.ColumnType;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a witness reads JSON (RFC 8259): into one spelling in which documents that say the same are
/// the same text, members in the order of their names.
final class JsonReading {
    private static final Pattern BLANK = Pattern.compile("[ \\t\\r\\n]*");
    private static final Pattern WORD =
            Pattern.compile("true|false|null|-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][-+]?\\d+)?");
    private static final Pattern ESCAPE =
            Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|([\"\\\\/bfnrt])|(?s:.|$))");

    /// What any target keeps: so deep, and so many digits.
    private static final int DEEPEST = 1_000;

    private static final int LONGEST = 131_072;
    private static final int LONGEST_FRACTION = 16_383;

    private final String text;
    private int at;
    private int depth;

    private JsonReading(String text) {
        this.text = text;
    }

    /// A text that is no JSON.
    private static final class NoJson extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoJson() {
            super("is not JSON", null, false, false);
        }
    }

    static Reading of(ColumnType.Json type, String text) {
        if (text.isEmpty()) {
            return new Reading.None();
        }
        if (type.php() && PhpReading.PHP.matcher(text).lookingAt()) {
            return PhpReading.of(text);
        }
        try {
            return new Reading.Some(new JsonReading(text).whole());
        } catch (NoJson e) {
            return new Reading.Bad("is not JSON");
        }
    }

    /// A document in the spelling that is compared; what is none stays as it is.
    static String alike(String json) {
        try {
            return new JsonReading(json).whole();
        } catch (NoJson e) {
            return json;
        }
    }

    private String whole() {
        String value = value();
        if (at != text.length()) {
            throw new NoJson();
        }
        return value;
    }

    private String value() {
        take(BLANK);
        if (depth > DEEPEST) {
            throw new NoJson();
        }
        depth++;
        String value =
                switch (at < text.length() ? text.charAt(at) : ' ') {
                    case '{' -> object();
                    case '[' -> list();
                    case '"' -> spelt(string());
                    default -> word(take(WORD).group());
                };
        take(BLANK);
        depth--;
        return value;
    }

    private String object() {
        Map<String, String> members = new TreeMap<>();
        at++;
        take(BLANK);
        while (!ends('}', members.isEmpty())) {
            take(BLANK);
            String name = string();
            take(BLANK);
            expect(':');
            members.put(name, value());
        }
        return object(members);
    }

    private String list() {
        List<String> items = new ArrayList<>();
        at++;
        take(BLANK);
        while (!ends(']', items.isEmpty())) {
            items.add(value());
        }
        return list(items);
    }

    /// Whether the list ends here; else a comma must stand here, but before the first.
    private boolean ends(char end, boolean first) {
        if (at < text.length() && text.charAt(at) == end) {
            at++;
            return true;
        }
        if (!first) {
            expect(',');
        }
        return false;
    }

    private String string() {
        expect('"');
        int from = at;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        expect('"');
        String raw = text.substring(from, at - 1);
        if (raw.chars().anyMatch(c -> c < ' ')) {
            throw new NoJson();
        }
        return ESCAPE.matcher(raw).replaceAll(e -> Matcher.quoteReplacement(unescaped(e)));
    }

    private static String unescaped(MatchResult escape) {
        if (escape.group(1) != null) {
            return Character.toString(Integer.parseInt(escape.group(1), 16));
        }
        if (escape.group(2) == null) {
            throw new NoJson();
        }
        return letter(escape.group(2));
    }

    private static String letter(String escaped) {
        int known = "bfnrt".indexOf(escaped);
        return known < 0 ? escaped : "\b\f\n\r\t".substring(known, known + 1);
    }

    private void expect(char c) {
        if (at >= text.length() || text.charAt(at++) != c) {
            throw new NoJson();
        }
    }

    private Matcher take(Pattern pattern) {
        Matcher found = pattern.matcher(text).region(at, text.length());
        if (!found.lookingAt()) {
            throw new NoJson();
        }
        at = found.end();
        return found;
    }

    static String object(Map<String, String> members) {
        List<String> spelt = new ArrayList<>();
        new TreeMap<>(members).forEach((name, value) -> spelt.add(spelt(name) + ":" + value));
        return "{" + String.join(",", spelt) + "}";
    }

    static String list(List<String> items) {
        return "[" + String.join(",", items) + "]";
    }

    /// A number in its shortest spelling; other words as they are.
    static String word(String word) {
        boolean number = word.charAt(0) == '-' || Character.isDigit(word.charAt(0));
        if (!number) {
            return word;
        }
        BigDecimal value = decimal(word);
        if ((long) value.precision() - value.scale() > LONGEST
                || value.scale() > LONGEST_FRACTION) {
            throw new NoJson();
        }
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toString();
    }

    private static BigDecimal decimal(String word) {
        try {
            return new BigDecimal(word);
        } catch (NumberFormatException e) {
            // an exponent that no one can mean
            throw new NoJson();
        }
    }

    static String spelt(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
