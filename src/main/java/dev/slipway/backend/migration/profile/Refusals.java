package dev.slipway.backend.migration.profile;

import dev.slipway.backend.migration.convert.BadValue;
import dev.slipway.backend.migration.convert.Converter;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.convert.Encoding;
import dev.slipway.backend.migration.plan.Column;
import dev.slipway.backend.migration.plan.Rule;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Tells which rows the first plan will put into quarantine, by the plan's own columns.
final class Refusals {
    private final List<@Nullable Column> columns = new ArrayList<>();
    private final List<@Nullable Converter> converters = new ArrayList<>();

    Refusals(TableProfile table) {
        for (ColumnProfile profile : table.columns) {
            Column column = Draft.column(table, profile);
            columns.add(column);
            converters.add(column == null ? null : Converters.STANDARD.of(column.type()));
        }
    }

    boolean refuses(@Nullable String[] row) {
        for (int i = 0; i < row.length; i++) {
            Column column = columns.get(i);
            Converter converter = converters.get(i);
            String raw = row[i];
            if (column != null && converter != null && refuses(column, converter, raw)) {
                return true;
            }
        }
        return false;
    }

    private static boolean refuses(Column column, Converter converter, @Nullable String raw) {
        try {
            boolean missing =
                    raw == null
                            || column.missing().contains(raw)
                            || converter.convert(column.repair() ? Encoding.repair(raw) : raw)
                                    == null;
            return missing && column.onMissing() == Rule.QUARANTINE;
        } catch (BadValue e) {
            return true;
        }
    }
}
