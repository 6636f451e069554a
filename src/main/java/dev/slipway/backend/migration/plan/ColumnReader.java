package dev.slipway.backend.migration.plan;

import dev.slipway.config.Nearest;
import dev.slipway.config.Section;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// Reads one target column of a plan.
final class ColumnReader {
    private static final List<String> TYPES =
            List.of(
                    "text",
                    "integer",
                    "decimal",
                    "money",
                    "currency",
                    "date",
                    "timestamp",
                    "boolean",
                    "enum",
                    "email",
                    "json",
                    "constant",
                    "lookup",
                    "found",
                    "gap",
                    "generated");
    private static final List<String> STORES = List.of("minor", "epoch-seconds", "epoch-millis");
    private static final ColumnType NOTHING = new ColumnType.Constant("");

    private final String name;
    private final Section section;

    ColumnReader(String name, Section section) {
        this.name = name;
        this.section = section;
    }

    Column read() {
        try (section) {
            String word = section.text("type");
            ColumnType type = type(word);
            String fallback = section.textOrNull("default");
            Rule onMissing = rule("on-missing", fallback == null ? Rule.NULL : Rule.DEFAULT);
            Rule onBad = rule("on-bad", Rule.QUARANTINE);
            boolean clocks = type instanceof ColumnType.Temporal t && t.clocksMay(Rule.DEFAULT);
            boolean defaults = onMissing == Rule.DEFAULT || onBad == Rule.DEFAULT || clocks;
            if (defaults && fallback == null) {
                section.problem("default", "the rule 'default' wants a 'default' beside it");
            }
            return new Column(
                    section.line(),
                    name,
                    type,
                    from(type),
                    section.flag("repair", false),
                    pattern("extract"),
                    section.texts("missing"),
                    onMissing,
                    onBad,
                    fallback,
                    store(),
                    choice("wins", Wins.class, Wins.FIRST),
                    section.textOrNull("repairs"));
        }
    }

    /// The source columns; by default the one of the same name.
    private List<String> from(ColumnType type) {
        List<String> from = section.texts("from");
        return switch (type) {
            case ColumnType.Constant _, ColumnType.Generated _, ColumnType.Gap _ -> List.of();
            default -> from.isEmpty() ? List.of(name) : from;
        };
    }

    private @Nullable String store() {
        String store = section.textOrNull("store");
        if (store != null && !STORES.contains(store)) {
            section.problem(
                    "store", "'store' does not know '" + store + "'" + Nearest.hint(store, STORES));
        }
        return store;
    }

    private Rule rule(String key, Rule otherwise) {
        return oneOf(key, Rule.values(), Rule::word, otherwise);
    }

    private <R> R oneOf(String key, R[] all, Function<R, String> name, R otherwise) {
        if (section.textOrNull(key) == null && !section.has(key)) {
            return otherwise;
        }
        String word = section.text(key);
        for (R one : all) {
            if (name.apply(one).equals(word)) {
                return one;
            }
        }
        List<String> known = Arrays.stream(all).map(name).toList();
        section.problem(
                key,
                "'"
                        + key
                        + "' must be one of them, not '"
                        + word
                        + "'"
                        + Nearest.hint(word, known));
        return otherwise;
    }

    private ColumnType type(String word) {
        return switch (word) {
            case "text" -> text();
            case "integer" ->
                    new ColumnType.Whole(
                            number("min", Long.MIN_VALUE),
                            number("max", Long.MAX_VALUE),
                            pattern("strip"));
            case "decimal" -> decimal(word, Map.of(), null);
            case "money" -> decimal(word, currencies(), section.textOrNull("currency"));
            case "currency" -> new ColumnType.Currency(currencies(), section.text("otherwise"));
            case "date", "timestamp" -> temporal(word);
            case "boolean" -> new ColumnType.Bool(spellings("yes"), spellings("no"));
            case "enum" -> enumeration();
            case "email" -> new ColumnType.Email(section.flag("lower", true));
            case "json" -> new ColumnType.Json(section.flag("php", false));
            case "constant" -> new ColumnType.Constant(section.text("value"));
            case "lookup" -> new ColumnType.Lookup(section.text("step"), section.text("by"));
            case "found" -> new ColumnType.Found(section.text("step"), section.text("by"));
            case "gap" -> new ColumnType.Gap(section.text("of"));
            case "generated" -> new ColumnType.Generated();
            default -> {
                if (section.has("type")) {
                    section.problem(
                            "type", "there is no type '" + word + "'" + Nearest.hint(word, TYPES));
                }
                yield NOTHING;
            }
        };
    }

    private ColumnType text() {
        return new ColumnType.Text(
                choice("trim", ColumnType.Trim.class, ColumnType.Trim.NONE),
                section.integer("max", 0),
                word("too-long", "bad", "cut"),
                word("nul", "bad", "remove"),
                choice("case", ColumnType.LetterCase.class, ColumnType.LetterCase.KEEP),
                word("empty", "keep", "missing"),
                section.flag("slug", false),
                section.textOrNull("join"));
    }

    /// Whether the second of two words stands there; the first is what holds without it.
    private boolean word(String key, String otherwise, String second) {
        String word = section.text(key, otherwise);
        List<String> known = List.of(otherwise, second);
        if (!known.contains(word)) {
            section.problem(
                    key, "'" + key + "' does not know '" + word + "'" + Nearest.hint(word, known));
        }
        return word.equals(second);
    }

    private ColumnType decimal(
            String word, Map<String, String> currencies, @Nullable String currency) {
        int scale = section.integer("scale", 2);
        if (scale < 0 || scale > 18) {
            section.problem("scale", "'scale' must be from 0 to 18");
        }
        return new ColumnType.Decimal(
                word,
                Math.clamp(scale, 0, 18),
                section.flag("round", false),
                choice("decimal", ColumnType.DecimalMark.class, ColumnType.DecimalMark.AUTO),
                choice("negative", ColumnType.Negative.class, ColumnType.Negative.KEEP),
                section.flag("percent", false),
                section.flag("share", false),
                section.flag("accounting", false),
                words(),
                currencies,
                currency);
    }

    private Map<String, BigDecimal> words() {
        Map<String, BigDecimal> words = new LinkedHashMap<>();
        Section all = section.section("words");
        if (all != null) {
            try (all) {
                for (String word : all.keys()) {
                    try {
                        words.put(
                                word.strip().toLowerCase(Locale.ROOT),
                                new BigDecimal(all.text(word)));
                    } catch (NumberFormatException e) {
                        all.problem(word, "'" + word + "' must be given a plain number");
                    }
                }
            }
        }
        return words;
    }

    private Map<String, String> currencies() {
        Map<String, String> currencies = new LinkedHashMap<>();
        Section all = section.section("currencies");
        if (all != null) {
            try (all) {
                for (String code : all.keys()) {
                    currencies.put(code.toLowerCase(Locale.ROOT), code);
                    all.texts(code)
                            .forEach(w -> currencies.put(w.strip().toLowerCase(Locale.ROOT), code));
                }
            }
        }
        return currencies;
    }

    private ColumnType temporal(String word) {
        List<String> formats = section.texts("formats");
        for (String format : formats) {
            checkFormat(format);
        }
        return new ColumnType.Temporal(
                word,
                formats.isEmpty() ? List.of("iso") : formats,
                zone(),
                choice("impossible", ColumnType.Impossible.class, ColumnType.Impossible.BAD),
                section.integer("earliest", 1),
                section.integer("latest", 9999),
                clocks("on-gap", word),
                clocks("on-overlap", word));
    }

    /// Only a moment has a time: a key of these at a day is one that no one asks for.
    private ClockRule clocks(String key, String word) {
        return word.equals("timestamp")
                ? oneOf(key, ClockRule.values(), ClockRule::word, ClockRule.QUARANTINE)
                : ClockRule.QUARANTINE;
    }

    private void checkFormat(String format) {
        if (!List.of("iso", "epoch", "epoch-millis").contains(format)
                && !format.matches("(?=.*(yyyy|yy))(?=.*M)(?=.*d)[yMdHms .,:/'T-]+")) {
            section.problem(
                    "formats",
                    "'"
                            + format
                            + "' is no format: expected iso, epoch, epoch-millis or a pattern of"
                            + " yyyy MM dd HH mm ss");
        }
    }

    private ZoneId zone() {
        String zone = section.text("zone", "UTC");
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            section.problem("zone", "there is no time zone '" + zone + "'");
            return ZoneOffset.UTC;
        }
    }

    private List<String> spellings(String key) {
        List<String> spellings = section.texts(key);
        if (spellings.isEmpty()) {
            section.problem(key, "'" + key + "' must list the spellings");
        }
        return spellings;
    }

    private ColumnType enumeration() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        Section all = section.section("values");
        if (all == null) {
            section.problem("values", "'values' must hold each value with its spellings");
        } else {
            try (all) {
                all.keys().forEach(value -> values.put(value, all.texts(value)));
            }
        }
        boolean exact = section.flag("exact", false);
        spelledTwice(values, exact);
        return new ColumnType.Enumeration(values, exact);
    }

    private void spelledTwice(Map<String, List<String>> values, boolean exact) {
        Map<String, String> means = new HashMap<>();
        values.forEach(
                (value, spellings) ->
                        Stream.concat(Stream.of(value), spellings.stream())
                                .forEach(
                                        spelling -> {
                                            String other =
                                                    means.putIfAbsent(
                                                            exact ? spelling : fold(spelling),
                                                            value);
                                            if (other != null && !other.equals(value)) {
                                                section.problem(
                                                        "values",
                                                        "'%s' can't mean both '%s' and '%s'"
                                                                .formatted(spelling, other, value));
                                            }
                                        }));
    }

    private static String fold(String word) {
        return word.strip().toLowerCase(Locale.ROOT);
    }

    private long number(String key, long otherwise) {
        String text = section.textOrNull(key);
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            section.problem(key, "'" + key + "' must be a whole number, not '" + text + "'");
            return otherwise;
        }
    }

    private @Nullable Pattern pattern(String key) {
        String text = section.textOrNull(key);
        try {
            return text == null ? null : Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            section.problem(key, "'" + key + "' is no regular expression: " + e.getDescription());
            return null;
        }
    }

    private <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
        String word = section.textOrNull(key);
        if (word == null) {
            return otherwise;
        }
        List<String> known =
                Arrays.stream(type.getEnumConstants())
                        .map(e -> e.name().toLowerCase(Locale.ROOT))
                        .toList();
        int found = known.indexOf(word);
        if (found < 0) {
            section.problem(
                    key, "'" + key + "' does not know '" + word + "'" + Nearest.hint(word, known));
            return otherwise;
        }
        return type.getEnumConstants()[found];
    }
}
