package dev.slipway.backend.migration.target;

import dev.slipway.backend.migration.plan.Column;
import dev.slipway.backend.migration.plan.ColumnType;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/// How a typed value is kept in a column whose own type is another.
@FunctionalInterface
public interface Stored {

    /// The value as its column's kind.
    Object store(Object value);

    /// How values of a plan's column are kept in a target's column, or null if they can't be.
    static @Nullable Stored of(Column column, TargetColumn target) {
        return switch (target.kind()) {
            case INTEGER -> integer(column);
            case NUMERIC -> column.store() == null ? numeric(column.type()) : null;
            case TEXT -> Stored::text;
            case JSON ->
                    column.type() instanceof ColumnType.Json
                            ? value -> PostgresJson.spelt((String) value)
                            : null;
            case BOOLEAN ->
                    same(
                            column.type() instanceof ColumnType.Bool
                                    || column.type() instanceof ColumnType.Found);
            case DATE -> same(column.type() instanceof ColumnType.Temporal t && !t.moment());
            case MOMENT -> same(column.type() instanceof ColumnType.Temporal t && t.moment());
            case OTHER -> null;
        };
    }

    private static @Nullable Stored same(boolean fits) {
        return fits ? value -> value : null;
    }

    private static @Nullable Stored integer(Column column) {
        String store = column.store();
        return switch (column.type()) {
            case ColumnType.Whole _, ColumnType.Generated _ -> value -> value;
            case ColumnType.Lookup _ -> value -> value;
            case ColumnType.Bool _, ColumnType.Found _ -> value -> (boolean) value ? 1L : 0L;
            case ColumnType.Decimal d when "minor".equals(store) ->
                    value -> ((BigDecimal) value).movePointRight(d.scale()).longValueExact();
            case ColumnType.Decimal d when d.scale() == 0 ->
                    value -> ((BigDecimal) value).longValueExact();
            case ColumnType.Temporal t when t.moment() && "epoch-seconds".equals(store) ->
                    value -> ((Instant) value).getEpochSecond();
            case ColumnType.Temporal t when t.moment() && "epoch-millis".equals(store) ->
                    value -> ((Instant) value).toEpochMilli();
            case ColumnType.Constant c when c.value().matches("-?\\d{1,18}") ->
                    value -> Long.valueOf((String) value);
            default -> null;
        };
    }

    private static @Nullable Stored numeric(ColumnType type) {
        return switch (type) {
            case ColumnType.Decimal _ -> value -> value;
            case ColumnType.Whole _ -> value -> BigDecimal.valueOf((long) value);
            case ColumnType.Constant c when c.value().matches("-?\\d{1,18}(\\.\\d{1,18})?") ->
                    value -> new BigDecimal((String) value);
            default -> null;
        };
    }

    private static Object text(Object value) {
        return switch (value) {
            case BigDecimal number -> number.toPlainString();
            case LocalDate day -> day.toString();
            case Instant moment -> DateTimeFormatter.ISO_INSTANT.format(moment);
            default -> value.toString();
        };
    }
}
