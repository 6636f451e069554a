package dev.slipway.backend.migration.convert;

import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.plan.ColumnType.DecimalMark;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/// Decimals and money: a sign, digits, grouping and a decimal mark, and for money a currency before
/// or behind.
final class DecimalConverter implements Converter {
    private static final int MOST_DIGITS = 38;
    private static final int SIMPLE = 18;
    private static final int THOUSANDS = 3;
    private final ColumnType.Decimal type;
    private final CurrencyWords words;

    DecimalConverter(ColumnType.Decimal type) {
        this.type = type;
        this.words = new CurrencyWords(type.currencies());
    }

    @Override
    public @Nullable Object convert(String raw) throws BadValue {
        BigDecimal simple = plain(raw);
        return simple == null ? any(raw) : simple;
    }

    /// `12.50`: nothing but digits, and a point where it can only be the decimal mark; null if the
    /// text is anything else.
    @Override
    public @Nullable BigDecimal plain(String text) {
        int length = text.length();
        int point = text.indexOf('.');
        int decimals = point < 0 ? 0 : length - point - 1;
        boolean marked = point < 0 || (type.mark() != DecimalMark.COMMA && decimals != THOUSANDS);
        boolean room = length > 0 && length <= SIMPLE && decimals <= type.scale();
        if (!marked || !room || type.share() || point == 0 || point == length - 1) {
            return null;
        }
        long digits = 0;
        for (int i = 0; i < length; i++) {
            int digit = text.charAt(i) - '0';
            if (i != point) {
                if (digit < 0 || digit > 9) {
                    return null;
                }
                digits = digits * 10 + digit;
            }
        }
        return BigDecimal.valueOf(digits, decimals).setScale(type.scale());
    }

    private @Nullable Object any(String raw) throws BadValue {
        BigDecimal word = word(raw);
        if (word != null) {
            return word.setScale(type.scale(), RoundingMode.HALF_UP);
        }
        String bare = raw.strip();
        String positive = type.accounting() ? Accounting.positive(bare) : null;
        boolean accounted = positive != null;
        String written = positive == null ? bare : positive;
        boolean percent = type.percent() && written.endsWith("%");
        String text = number(written);
        if (text.isEmpty()) {
            return null;
        }
        boolean negative = text.charAt(0) == '-';
        boolean signed = negative || text.charAt(0) == '+';
        require(!(accounted && signed));
        String digits = ungrouped(signed ? text.substring(1).strip() : text);
        BigDecimal read = new BigDecimal(digits);
        boolean share = type.share() && !percent && read.compareTo(BigDecimal.ONE) < 0;
        BigDecimal value = scaled(share ? read.movePointRight(2) : read);
        return negative || accounted ? negative(value) : value;
    }

    private @Nullable BigDecimal word(String raw) {
        boolean number = !raw.isEmpty() && raw.charAt(0) >= '0' && raw.charAt(0) <= '9';
        return number || type.words().isEmpty()
                ? null
                : type.words().get(raw.strip().toLowerCase(Locale.ROOT));
    }

    /// The text without its currency, which must be the right one.
    private String number(String text) throws BadValue {
        String number = text;
        if (type.percent() && text.endsWith("%")) {
            number = text.substring(0, text.length() - 1).stripTrailing();
        }
        if (!type.currencies().isEmpty()) {
            String code = words.code(number);
            if (code != null && type.currency() != null && !code.equals(type.currency())) {
                throw new BadValue("is in " + code + ", expected " + type.currency());
            }
            number = words.without(number);
        }
        return number;
    }

    private BigDecimal negative(BigDecimal value) throws BadValue {
        return switch (type.negative()) {
            case KEEP -> value.negate();
            case ABSOLUTE -> value;
            case BAD -> throw new BadValue("is negative");
        };
    }

    private BigDecimal scaled(BigDecimal value) throws BadValue {
        try {
            return value.setScale(
                    type.scale(), type.round() ? RoundingMode.HALF_UP : RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw new BadValue("has more than " + type.scale() + " decimals");
        }
    }

    /// The number with a point and without grouping.
    private String ungrouped(String text) throws BadValue {
        int mark = decimalMark(text);
        var plain = new StringBuilder(text.length());
        int group = 0;
        char grouping = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                plain.append(c);
                group++;
            } else if (i == mark) {
                require(grouping == 0 || group == 3);
                plain.append('.');
            } else {
                require(mark < 0 || i < mark);
                require(c == '.' || c == ',' || c == '\'' || c == ' ' || c == '\u00A0');
                require(grouping == 0 ? group >= 1 && group <= 3 : c == grouping && group == 3);
                grouping = c;
                group = 0;
            }
        }
        require(mark >= 0 || grouping == 0 || group == 3);
        require(!plain.isEmpty() && plain.length() <= MOST_DIGITS);
        require(plain.charAt(plain.length() - 1) != '.' && plain.charAt(0) != '.');
        return plain.toString();
    }

    /// Where the decimal mark stands, or -1 if there is none.
    private int decimalMark(String text) throws BadValue {
        if (type.mark() != DecimalMark.AUTO) {
            return text.lastIndexOf(type.mark() == DecimalMark.COMMA ? ',' : '.');
        }
        int point = text.lastIndexOf('.');
        int comma = text.lastIndexOf(',');
        int last = Math.max(point, comma);
        if (last < 0 || (point >= 0 && comma >= 0)) {
            return last;
        }
        if (text.indexOf(text.charAt(last)) != last) {
            return -1;
        }
        if (text.length() - last - 1 == 3 && last <= 3 && !text.startsWith("0")) {
            throw new BadValue(
                    "could mean thousands or decimals; 'decimal: point' or 'comma' tells");
        }
        return last;
    }

    private static void require(boolean holds) throws BadValue {
        if (!holds) {
            throw new BadValue("is not a number");
        }
    }
}
