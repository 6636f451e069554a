package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.convert.BadValue;
import dev.slipway.backend.migration.convert.Converter;
import dev.slipway.backend.migration.convert.Encoding;
import dev.slipway.backend.migration.plan.Column;
import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.plan.Rule;
import dev.slipway.backend.migration.target.Stored;
import dev.slipway.backend.migration.target.TargetColumn;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.Set;

/// Makes one target column's value of a raw row.
final class Field {
    final Column column;
    final TargetColumn target;
    final int[] from;
    private final @Nullable Converter converter;
    private final Stored stored;
    private final Set<String> missing;
    private final @Nullable Object fallback;

    /// @param converter null where the value does not come from raw text alone
    /// @throws BadValue if the plan's default is none
    Field(
            Column column,
            TargetColumn target,
            int[] from,
            @Nullable Converter converter,
            Stored stored)
            throws BadValue {
        this.column = column;
        this.target = target;
        this.from = from;
        this.converter = converter;
        this.stored = stored;
        this.missing = new HashSet<>(column.missing());
        this.fallback = fallback(column, converter);
    }

    private static @Nullable Object fallback(Column column, @Nullable Converter converter)
            throws BadValue {
        String text = column.fallback();
        if (text == null) {
            return null;
        }
        return converter == null ? text : converter.convert(text);
    }

    /// The value as the target keeps it.
    @Nullable Object value(@Nullable String[] row) throws Refused, LeftOut {
        if (converter == null) {
            throw new IllegalStateException(column.name() + " needs more than the row");
        }
        if (column.type() instanceof ColumnType.Constant constant) {
            return stored.store(constant.value());
        }
        if (column.type() instanceof ColumnType.Text text && text.join() != null) {
            return joined(row, text.join(), converter);
        }
        BadValue bad = null;
        String badRaw = null;
        for (int at : from) {
            String raw = prepared(row[at]);
            if (raw != null) {
                try {
                    Object value = converter.convert(raw);
                    if (value != null) {
                        return stored.store(value);
                    }
                } catch (BadValue e) {
                    bad = bad == null ? e : bad;
                    badRaw = badRaw == null ? row[at] : badRaw;
                }
            }
        }
        return bad == null ? missing(row) : bad(bad.reason(), badRaw);
    }

    private @Nullable Object joined(@Nullable String[] row, String between, Converter converter)
            throws Refused, LeftOut {
        var parts = new StringBuilder();
        for (int at : from) {
            String raw = prepared(row[at]);
            if (raw != null && !raw.isBlank()) {
                parts.append(parts.isEmpty() ? "" : between).append(raw);
            }
        }
        try {
            Object value = parts.isEmpty() ? null : converter.convert(parts.toString());
            return value == null ? missing(row) : stored.store(value);
        } catch (BadValue e) {
            return bad(e.reason(), parts.toString());
        }
    }

    /// The raw value as the converter is to see it; null if it means "none".
    @Nullable String prepared(@Nullable String raw) {
        if (raw == null || missing.contains(raw)) {
            return null;
        }
        String text = column.repair() ? Encoding.repair(raw) : raw;
        if (column.extract() != null) {
            var found = column.extract().matcher(text);
            return found.find() ? found.group(Math.min(1, found.groupCount())) : null;
        }
        return missing.contains(text) ? null : text;
    }

    @Nullable Object missing(@Nullable String[] row) throws Refused, LeftOut {
        String raw = from.length == 0 ? null : row[from[0]];
        return apply(column.onMissing(), column.type().word(), "is missing", raw);
    }

    @Nullable Object bad(String reason, @Nullable String raw) throws Refused, LeftOut {
        return apply(column.onBad(), column.type().word(), reason, raw);
    }

    @Nullable Object apply(Rule rule, String name, String reason, @Nullable String raw)
            throws Refused, LeftOut {
        return switch (rule) {
            case NULL -> null;
            case DEFAULT -> fallback == null ? null : stored.store(fallback);
            case QUARANTINE -> throw new Refused(column.name(), name, reason, raw);
            case SKIP -> throw new LeftOut();
        };
    }
}
