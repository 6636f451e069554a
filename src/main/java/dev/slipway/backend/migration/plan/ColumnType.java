package dev.slipway.backend.migration.plan;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// How a target column's value is made from raw text.
public sealed interface ColumnType {

    /// The word that a plan uses for it, which is also the rule that a refused row is filed under.
    String word();

    /// Where blanks are taken off.
    enum Trim {
        NONE,
        RIGHT,
        BOTH
    }

    /// What becomes of letters.
    enum LetterCase {
        KEEP,
        LOWER,
        UPPER
    }

    /// Text.
    ///
    /// @param max in characters; 0 for no limit
    /// @param cut whether longer text is cut rather than refused
    /// @param removeNul whether NUL characters are removed rather than refused
    /// @param slug whether it becomes lower-case words with hyphens between
    /// @param join stands between the parts when the column is made from several source columns
    record Text(
            Trim trim,
            int max,
            boolean cut,
            boolean removeNul,
            LetterCase letters,
            boolean emptyIsMissing,
            boolean slug,
            @Nullable String join)
            implements ColumnType {
        @Override
        public String word() {
            return "text";
        }
    }

    /// A whole number.
    ///
    /// @param min smallest that is allowed
    /// @param max largest that is allowed
    /// @param strip regular expression of what may follow or precede the digits, for example
    ///   `x|pcs`
    record Whole(long min, long max, @Nullable Pattern strip) implements ColumnType {
        @Override
        public String word() {
            return "integer";
        }
    }

    /// Which mark separates the decimals.
    enum DecimalMark {
        /// The last mark, where the text leaves no doubt; else the value is refused.
        AUTO,
        POINT,
        COMMA
    }

    /// What a negative amount means.
    enum Negative {
        KEEP,
        BAD,
        ABSOLUTE
    }

    /// A number with decimals, or an amount of money, which may carry a currency's sign or word.
    ///
    /// @param scale decimals that the value is brought to; a value that has more is refused unless
    ///   `round`
    /// @param percent whether it is a percentage: a `%` may follow
    /// @param share whether a value below 1 is a share of one rather than a percentage: 0.125 means
    ///   12.5
    /// @param accounting whether `(12.50)` and `12.50-` are negative amounts
    /// @param words words that mean an amount, for example `free`
    /// @param currencies words and signs that may stand beside an amount, with the code that each
    ///   means; empty for a plain decimal
    /// @param currency the only code allowed, or null if any of `currencies` is
    record Decimal(
            String word,
            int scale,
            boolean round,
            DecimalMark mark,
            Negative negative,
            boolean percent,
            boolean share,
            boolean accounting,
            Map<String, BigDecimal> words,
            Map<String, String> currencies,
            @Nullable String currency)
            implements ColumnType {
        public Decimal {
            currencies = Map.copyOf(currencies);
            words = Map.copyOf(words);
        }
    }

    /// The currency of an amount: the code that its sign or word means, else `otherwise`.
    record Currency(Map<String, String> currencies, String otherwise) implements ColumnType {
        public Currency {
            currencies = Map.copyOf(currencies);
        }

        @Override
        public String word() {
            return "currency";
        }
    }

    /// What a date that is not in the calendar means.
    enum Impossible {
        BAD,
        /// 30 February means the month's last day, day 0 its first.
        CLAMP
    }

    /// A day, or a moment.
    ///
    /// @param formats tried in order: `iso`, `epoch`, `epoch-millis` or a pattern like `dd.MM.yyyy`
    /// @param zone where a text without a zone was written
    /// @param earliest the first plausible year
    /// @param latest the last plausible year
    /// @param onGap what a time is that the zone's clocks skipped
    /// @param onOverlap what a time is that the zone's clocks showed twice
    record Temporal(
            String word,
            List<String> formats,
            ZoneId zone,
            Impossible impossible,
            int earliest,
            int latest,
            ClockRule onGap,
            ClockRule onOverlap)
            implements ColumnType {
        public Temporal {
            formats = List.copyOf(formats);
        }

        /// Whether it is a moment rather than a day.
        public boolean moment() {
            return word.equals("timestamp");
        }

        /// Whether a row may end by this rule where the clocks of the zone were changed.
        public boolean clocksMay(Rule rule) {
            boolean changes = moment() && !zone.getRules().isFixedOffset();
            return changes && (onGap.rule() == rule || onOverlap.rule() == rule);
        }
    }

    /// True or false, by spellings.
    record Bool(List<String> yes, List<String> no) implements ColumnType {
        public Bool {
            yes = List.copyOf(yes);
            no = List.copyOf(no);
        }

        @Override
        public String word() {
            return "boolean";
        }
    }

    /// One of a few words, by spellings.
    ///
    /// @param values each value with its spellings
    /// @param exact whether letter case and blanks at the ends count
    record Enumeration(Map<String, List<String>> values, boolean exact) implements ColumnType {
        public Enumeration {
            values = Map.copyOf(values);
        }

        @Override
        public String word() {
            return "enum";
        }
    }

    /// An e-mail address.
    record Email(boolean lower) implements ColumnType {
        @Override
        public String word() {
            return "email";
        }
    }

    /// A JSON document, in one spelling.
    ///
    /// @param php whether PHP's serialised form is read too
    record Json(boolean php) implements ColumnType {
        @Override
        public String word() {
            return "json";
        }
    }

    /// The same value for each row.
    record Constant(String value) implements ColumnType {
        @Override
        public String word() {
            return "constant";
        }
    }

    /// What depends on another step's row, which is found by its natural key.
    sealed interface Reference extends ColumnType {
        String step();

        /// One of that step's `match` keys, or a unique column of its target table.
        String by();
    }

    /// The key of another step's row.
    record Lookup(String step, String by) implements Reference {
        @Override
        public String word() {
            return "lookup";
        }
    }

    /// Whether another step has such a row: true or false, never missing.
    record Found(String step, String by) implements Reference {
        @Override
        public String word() {
            return "found";
        }
    }

    /// Why another column of the same row has no value of the source's own, as [Origin#word()];
    /// NULL where it has one.
    ///
    /// @param of that column's name
    record Gap(String of) implements ColumnType {
        @Override
        public String word() {
            return "gap";
        }
    }

    /// A number from 1, given to each written row in turn.
    record Generated() implements ColumnType {
        @Override
        public String word() {
            return "generated";
        }
    }
}
