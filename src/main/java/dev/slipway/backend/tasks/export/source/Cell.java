package dev.slipway.backend.tasks.export.source;

import dev.slipway.backend.tasks.export.file.Column;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/// Reads one column of a row. Text is taken to be what the column's type says, strictly.
///
/// @param index in the result, from 1
/// @param parts digits by which a whole number is too large: 2 for cents
/// @param zone of times that have no zone
public record Cell(int index, Column column, int parts, ZoneId zone) {

    /// @throws SQLException also if the value is not of the column's type
    @Nullable Object value(ResultSet rows) throws SQLException {
        try {
            return switch (column.type()) {
                case TEXT -> rows.getString(index);
                case INTEGER -> integer(rows);
                case DECIMAL -> decimal(rows);
                case TIMESTAMP -> moment(rows);
                case DATE -> date(rows);
                case BOOLEAN -> flag(rows);
            };
        } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
            throw new WrongValue(
                    "the column '%s' yields '%s', which is no %s"
                            .formatted(
                                    column.name(),
                                    rows.getString(index),
                                    column.type().name().toLowerCase(java.util.Locale.ROOT)));
        }
    }

    private @Nullable Long integer(ResultSet rows) throws SQLException {
        String text = rows.getString(index);
        return text == null ? null : new BigDecimal(text).longValueExact();
    }

    private @Nullable BigDecimal decimal(ResultSet rows) throws SQLException {
        String text = rows.getString(index);
        return text == null ? null : new BigDecimal(text).movePointLeft(parts);
    }

    private @Nullable Instant moment(ResultSet rows) throws SQLException {
        Object value = rows.getObject(index);
        return switch (value) {
            case null -> null;
            case String text -> parsed(text);
            case Number _ -> throw new DateTimeException("a number");
            default -> typed(rows);
        };
    }

    /// By the driver's types of `java.time`: its older ones depend on this machine's zone.
    private @Nullable Instant typed(ResultSet rows) throws SQLException {
        if (rows.getMetaData().getColumnTypeName(index).equalsIgnoreCase("timestamptz")) {
            OffsetDateTime at = rows.getObject(index, OffsetDateTime.class);
            return at == null ? null : at.toInstant();
        }
        LocalDateTime at = rows.getObject(index, LocalDateTime.class);
        return at == null ? null : at.atZone(zone).toInstant();
    }

    private Instant parsed(String text) {
        String iso = text.strip().replace(' ', 'T');
        return iso.matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})")
                ? OffsetDateTime.parse(iso).toInstant()
                : LocalDateTime.parse(iso).atZone(zone).toInstant();
    }

    private @Nullable LocalDate date(ResultSet rows) throws SQLException {
        Object value = rows.getObject(index);
        return switch (value) {
            case null -> null;
            case String text -> LocalDate.parse(text.strip());
            default -> rows.getObject(index, LocalDate.class);
        };
    }

    private @Nullable Boolean flag(ResultSet rows) throws SQLException {
        boolean flag = rows.getBoolean(index);
        return rows.wasNull() ? null : flag;
    }

    /// The query yields what its column's type does not know.
    public static final class WrongValue extends SQLException {
        private static final long serialVersionUID = 1L;

        WrongValue(String what) {
            super(what);
        }
    }
}
