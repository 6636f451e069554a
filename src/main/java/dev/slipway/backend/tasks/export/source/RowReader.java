package dev.slipway.backend.tasks.export.source;

import dev.slipway.backend.tasks.export.file.Column;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads rows of a query: each column as the configuration says, or else as the database does. A
/// whole number `…_cents` that no one typed is a decimal of the name before.
final class RowReader {
    private static final String CENTS = "_cents";
    private static final int MONEY_DIGITS = 18;

    private final List<Cell> cells;

    private RowReader(List<Cell> cells) {
        this.cells = cells;
    }

    static RowReader of(ResultSet rows, Map<String, Column> types, ZoneId zone)
            throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        List<Cell> cells = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            String name = meta.getColumnLabel(i).toLowerCase(Locale.ROOT);
            Column typed = types.get(name);
            cells.add(typed != null ? new Cell(i, typed, 0, zone) : untyped(meta, i, name, zone));
        }
        return new RowReader(List.copyOf(cells));
    }

    private static Cell untyped(ResultSetMetaData meta, int i, String name, ZoneId zone)
            throws SQLException {
        Column found = column(meta, i, name);
        if (found.type() == Column.Type.INTEGER && name.endsWith(CENTS)) {
            String amount = name.substring(0, name.length() - CENTS.length());
            return new Cell(i, Column.decimal(amount, MONEY_DIGITS, 2), 2, zone);
        }
        return new Cell(i, found, 0, zone);
    }

    private static Column column(ResultSetMetaData meta, int i, String name) throws SQLException {
        return switch (meta.getColumnType(i)) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT ->
                    Column.of(name, Column.Type.INTEGER);
            case Types.NUMERIC, Types.DECIMAL -> decimal(meta, i, name);
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
                    Column.of(name, Column.Type.TIMESTAMP);
            case Types.DATE -> Column.of(name, Column.Type.DATE);
            case Types.BOOLEAN, Types.BIT -> Column.of(name, Column.Type.BOOLEAN);
            default -> Column.text(name);
        };
    }

    /// A decimal that tells no bounds is a text: no type would hold all of them.
    private static Column decimal(ResultSetMetaData meta, int i, String name) throws SQLException {
        int precision = meta.getPrecision(i);
        int scale = meta.getScale(i);
        boolean bounded = precision > 0 && precision <= Column.MOST_DIGITS && scale >= 0;
        return bounded && scale <= precision
                ? Column.decimal(name, precision, scale)
                : Column.text(name);
    }

    List<Column> columns() {
        return cells.stream().map(Cell::column).toList();
    }

    @Nullable Object[] row(ResultSet rows) throws SQLException {
        @Nullable Object[] values = new Object[cells.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = cells.get(i).value(rows);
        }
        return values;
    }
}
