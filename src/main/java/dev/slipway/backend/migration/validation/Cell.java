package dev.slipway.backend.migration.validation;

import dev.slipway.backend.migration.plan.Column;
import dev.slipway.backend.migration.plan.ColumnType;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;

/// A cell as text that is the same for the same value, whatever type a database keeps it as.
final class Cell {
    private Cell() {}

    static String text(Column column, @Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        Object stored = stored(column, value);
        return switch (column.type()) {
            case ColumnType.Text _, ColumnType.Enumeration _, ColumnType.Email _ ->
                    "'" + stored + "'";
            case ColumnType.Json _ -> JsonReading.alike(stored.toString());
            default -> Figure.of(stored);
        };
    }

    /// A value as the target keeps it, as text for a parameter.
    static String plain(Column column, Object value) {
        Object stored = stored(column, value);
        return stored instanceof String text ? text : Figure.of(stored);
    }

    /// What a witness says, turned into what the target keeps; what the target keeps is left alone.
    private static Object stored(Column column, Object value) {
        String store = column.store() == null ? "" : column.store();
        return switch (value) {
            case BigDecimal number
                    when store.equals("minor") && column.type() instanceof ColumnType.Decimal d ->
                    number.scaleByPowerOfTen(d.scale());
            case Instant moment when store.equals("epoch-seconds") -> moment.getEpochSecond();
            case Instant moment when store.equals("epoch-millis") -> moment.toEpochMilli();
            default -> value;
        };
    }
}
