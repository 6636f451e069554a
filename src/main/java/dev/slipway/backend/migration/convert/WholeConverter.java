package dev.slipway.backend.migration.convert;

import dev.slipway.backend.migration.plan.ColumnType;

import org.jspecify.annotations.Nullable;

/// Whole numbers. `3.0` is one, `3.5` is not.
record WholeConverter(ColumnType.Whole type) implements Converter {

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
