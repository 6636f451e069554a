package dev.slipway.backend.migration.convert;

import dev.slipway.backend.migration.plan.ColumnType;

import org.jspecify.annotations.Nullable;

/// Whole numbers. `3.0` is one, `3.5` is not.
record WholeConverter(ColumnType.Whole type) implements Converter {
    private static final int SURE_DIGITS = 18;

    @Override
    public @Nullable Object convert(String raw) throws BadValue {
        String text = raw.strip();
        if (type.strip() != null) {
            text = type.strip().matcher(text).replaceAll("").strip();
        }
        if (text.isEmpty()) {
            return null;
        }
        long value = parse(text);
        if (value < type.min() || value > type.max()) {
            throw new BadValue("is " + value + ", expected " + type.min() + " to " + type.max());
        }
        return value;
    }

    /// `12`, in the range.
    @Override
    public @Nullable Object plain(String raw) {
        int length = raw.length();
        if (type.strip() != null || length == 0 || length > SURE_DIGITS) {
            return null;
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            int digit = raw.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            value = value * 10 + digit;
        }
        return value < type.min() || value > type.max() ? null : (Object) value;
    }

    private static long parse(String text) throws BadValue {
        int point = text.indexOf('.');
        String whole = point < 0 ? text : text.substring(0, point);
        for (int i = point + 1; point >= 0 && i < text.length(); i++) {
            if (text.charAt(i) != '0') {
                throw new BadValue("is not a whole number");
            }
        }
        try {
            return Long.parseLong(whole);
        } catch (NumberFormatException e) {
            throw new BadValue("is not a whole number");
        }
    }
}
