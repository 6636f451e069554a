package dev.slipway.backend.migration.convert;

import dev.slipway.backend.migration.plan.ColumnType;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.Predicate;

/// Says in what respect a value was not written the plain way, so that everything a conversion
/// mends is counted. Converters do not depend on it.
@FunctionalInterface
public interface Spelling {
    /// Sees nothing unusual.
    Spelling PLAIN = (_, _) -> "";

    /// What was unusual; empty if nothing was.
    ///
    /// @param value what the text was converted into
    String of(String text, Object value);

    /// How values of a type may be written.
    static Spelling of(ColumnType type) {
        return switch (type) {
            case ColumnType.Text _ -> Spelling::text;
            case ColumnType.Email _ -> Spelling::email;
            case ColumnType.Whole _ -> (text, _) -> whole(text);
            case ColumnType.Decimal decimal -> {
                var words = new CurrencyWords(decimal.currencies());
                yield (text, _) -> decimal(decimal, words, text);
            }
            case ColumnType.Temporal temporal -> temporal(temporal);
            case ColumnType.Enumeration _ ->
                    (text, value) -> text.equals(value) ? "" : "'" + text + "'";
            case ColumnType.Bool bool ->
                    (text, value) -> {
                        List<String> words = (boolean) value ? bool.yes() : bool.no();
                        return text.equals(words.getFirst()) ? "" : "'" + text + "'";
                    };
            case ColumnType.Json _ ->
                    (text, _) -> PhpSerialised.looksLike(text.strip()) ? "PHP" : "";
            case ColumnType.Currency _,
                    ColumnType.Constant _,
                    ColumnType.Reference _,
                    ColumnType.Gap _,
                    ColumnType.Generated _ ->
                    PLAIN;
        };
    }

    private static String text(String text, Object value) {
        if (text.equals(value)) {
            return "";
        }
        var unusual = new StringJoiner(", ");
        add(unusual, blanks(text), "blanks");
        add(unusual, text.indexOf('\0') >= 0, "NUL");
        String kept = String.valueOf(value);
        add(unusual, text.strip().startsWith(kept) && !text.strip().equals(kept), "cut");
        return unusual.toString();
    }

    private static String email(String text, Object value) {
        if (text.equals(value)) {
            return "";
        }
        var unusual = new StringJoiner(", ");
        add(unusual, blanks(text), "blanks");
        add(unusual, !text.strip().equals(value), "letter case");
        return unusual.toString();
    }

    private static String whole(String text) {
        if (plain(text) && text.indexOf('.') < 0) {
            return "";
        }
        var unusual = new StringJoiner(", ");
        String bare = text.strip();
        add(unusual, blanks(text), "blanks");
        add(unusual, bare.indexOf('.') >= 0, "decimals");
        boolean digits = bare.chars().allMatch(c -> digit(c) || c == '.' || c == '-' || c == '+');
        add(unusual, !digits, "with more than digits");
        return unusual.toString();
    }

    private static String decimal(ColumnType.Decimal type, CurrencyWords words, String text) {
        if (plain(text)) {
            return "";
        }
        var unusual = new StringJoiner(", ");
        String positive = type.accounting() ? Accounting.positive(text.strip()) : null;
        String bare = positive == null ? text.strip() : positive;
        add(unusual, blanks(text), "blanks");
        add(unusual, positive != null, "negative as accountants write it");
        if (type.words().containsKey(bare.toLowerCase(Locale.ROOT))) {
            return unusual.add("word '" + bare + "'").toString();
        }
        add(unusual, type.percent() && bare.endsWith("%"), "per cent sign");
        String code = words.code(bare);
        add(unusual, code != null, "currency " + CurrencyWords.word(bare).toUpperCase(Locale.ROOT));
        String number = words.without(bare);
        int point = number.lastIndexOf('.');
        int comma = number.lastIndexOf(',');
        boolean decimalComma = comma > point && !thousands(type, number, comma);
        add(unusual, decimalComma, "decimal comma");
        add(unusual, grouped(number, decimalComma ? comma : point), "grouped");
        return unusual.toString();
    }

    private static boolean plain(String text) {
        int points = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            points += c == '.' ? 1 : 0;
            if (!digit(c) && c != '.' && !(c == '-' && i == 0)) {
                return false;
            }
        }
        return points <= 1;
    }

    /// Whether the commas can only part thousands.
    private static boolean thousands(ColumnType.Decimal type, String number, int comma) {
        return type.mark() == ColumnType.DecimalMark.POINT || number.indexOf(',') != comma;
    }

    private static boolean grouped(String number, int mark) {
        for (int i = 0; i < number.length(); i++) {
            boolean parts = ".,' \u00A0".indexOf(number.charAt(i)) >= 0;
            if (parts && i != mark) {
                return true;
            }
        }
        return false;
    }

    /// The format that the text is of, unless it is the first, and whether a rule for changed
    /// clocks made the moment.
    private static Spelling temporal(ColumnType.Temporal type) {
        Spelling format = formats(type);
        if (!type.moment() || type.zone().getRules().isFixedOffset()) {
            return format;
        }
        var converter = new TemporalConverter(type);
        return (text, value) -> {
            var unusual = new StringJoiner(", ");
            String other = format.of(text, value);
            add(unusual, !other.isEmpty(), other);
            String clocks = converter.clocks(text);
            add(unusual, !clocks.isEmpty(), clocks);
            return unusual.toString();
        };
    }

    private static Spelling formats(ColumnType.Temporal type) {
        List<Predicate<String>> formats =
                type.formats().stream().map(Spelling::format).skip(1).toList();
        Predicate<String> first = format(type.formats().getFirst());
        return (text, _) -> {
            String bare = text.strip();
            if (first.test(bare)) {
                return "";
            }
            for (int i = 0; i < formats.size(); i++) {
                if (formats.get(i).test(bare)) {
                    return type.formats().get(i + 1);
                }
            }
            return "";
        };
    }

    private static Predicate<String> format(String format) {
        return switch (format) {
            case "iso" -> text -> IsoFormat.read(text) != null;
            case "epoch", "epoch-millis" -> text -> text.chars().allMatch(Spelling::digit);
            default -> {
                var pattern = new MomentFormat(format);
                yield text -> pattern.read(text) != null;
            }
        };
    }

    private static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean blanks(@Nullable String text) {
        return text != null
                && !text.isEmpty()
                && (Character.isWhitespace(text.charAt(0))
                        || Character.isWhitespace(text.charAt(text.length() - 1)));
    }

    private static void add(StringJoiner unusual, boolean holds, String what) {
        if (holds) {
            unusual.add(what);
        }
    }
}
