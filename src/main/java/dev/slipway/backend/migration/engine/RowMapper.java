package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.ledger.Remark;
import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.plan.Origin;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Makes target rows of raw rows, a chunk at a time: first [#over], then [#map] row by row.
final class RowMapper {
    private static final int MOST_REMARKS = 200;
    private static final String OTHER = "other";

    private final PreparedStep step;
    private final Lookups lookups;
    private final List<Conversions> conversions = new ArrayList<>();
    private final List<Map<String, long[]>> remarks = new ArrayList<>();
    private final @Nullable References[] references;
    private final int[] origins;
    private final Conversion[] row;

    /// What a chunk's rows refer to by one column, row by row.
    ///
    /// @param keys natural keys; null where a row names none
    /// @param found the target keys that they mean
    private record References(@Nullable String[] keys, Map<String, Object> found) {}

    RowMapper(PreparedStep step, Lookups lookups) {
        this.step = step;
        this.lookups = lookups;
        int width = step.fields().size();
        this.references = new @Nullable References[width];
        this.row = new Conversion[width];
        this.origins = new int[width];
        for (int i = 0; i < width; i++) {
            Field field = step.fields().get(i);
            conversions.add(new Conversions(field));
            remarks.add(new HashMap<>());
            origins[i] =
                    field.column.type() instanceof ColumnType.OriginOf origin
                            ? place(origin.of())
                            : -1;
        }
    }

    private int place(String column) {
        for (int i = 0; i < step.fields().size(); i++) {
            if (step.fields().get(i).column.name().equals(column)) {
                return i;
            }
        }
        throw new IllegalStateException(column);
    }

    /// Begins a chunk: looks up everything that its rows refer to, and counts remarks anew.
    void over(List<@Nullable String[]> rows) throws SQLException {
        remarks.forEach(Map::clear);
        for (int f = 0; f < references.length; f++) {
            Field field = step.fields().get(f);
            if (field.column.type() instanceof ColumnType.Reference lookup) {
                @Nullable String[] keys = new @Nullable String[rows.size()];
                Set<String> wanted = new HashSet<>();
                for (int i = 0; i < keys.length; i++) {
                    String key = lookups.key(lookup, field, rows.get(i));
                    keys[i] = key;
                    if (key != null) {
                        wanted.add(key);
                    }
                }
                references[f] = new References(keys, lookups.find(lookup, wanted));
            }
        }
    }

    /// Whether the plan leaves the row out before anything else.
    boolean skips(@Nullable String[] row) {
        if (step.step().skip().isEmpty()) {
            return false;
        }
        for (var skip : step.step().skip().entrySet()) {
            String value = row[step.reading().index(skip.getKey())];
            if (value != null && skip.getValue().contains(value)) {
                return true;
            }
        }
        return false;
    }

    /// What a row becomes. Every value is looked at, even where the first already forbids the row,
    /// so that what is remarked does not depend on the order of the columns.
    ///
    /// @param at where the row stands in its chunk
    /// @param generated the number that a generated key gets
    Mapped map(int at, @Nullable String[] raw, long generated) {
        Refusal refusal = null;
        @Nullable Object[] values = new @Nullable Object[row.length];
        for (int i = 0; i < row.length; i++) {
            if (origins[i] < 0) {
                Conversion one = convert(i, at, raw, generated);
                row[i] = one;
                values[i] = one.value();
                refusal = refusal == null ? one.refusal() : refusal;
                if (!one.remarks().isEmpty()) {
                    note(i, one.remarks());
                }
            }
        }
        for (int i = 0; i < row.length; i++) {
            if (origins[i] >= 0) {
                values[i] = step.fields().get(i).given(row[origins[i]].origin().word()).value();
            }
        }
        return new Mapped(values, refusal);
    }

    private Conversion convert(int i, int at, @Nullable String[] raw, long generated) {
        Field field = step.fields().get(i);
        return switch (field.column.type()) {
            case ColumnType.Generated _ -> Conversion.given(generated);
            case ColumnType.Lookup lookup -> lookup(i, field, lookup, at, raw);
            case ColumnType.Found _ -> found(i, field, at);
            default -> conversions.get(i).of(raw);
        };
    }

    private Conversion lookup(
            int i, Field field, ColumnType.Lookup lookup, int at, @Nullable String[] raw) {
        References known = Objects.requireNonNull(references[i]);
        String key = known.keys()[at];
        if (key == null) {
            String text = raw[field.from[0]];
            Origin origin =
                    text == null
                            ? Origin.NULL
                            : text.isBlank() ? Origin.EMPTY : Origin.SENTINEL;
            return field.missing(origin, text, List.of());
        }
        Object value = known.found().get(key);
        return value != null
                ? Conversion.given(value)
                : field.bad(
                        "lookup " + lookup.step(),
                        "there is no such row in " + lookup.step(),
                        raw[field.from[0]],
                        List.of());
    }

    private Conversion found(int i, Field field, int at) {
        References known = Objects.requireNonNull(references[i]);
        String key = known.keys()[at];
        return field.given(key != null && known.found().containsKey(key));
    }

    private void note(int field, List<String> all) {
        Map<String, long[]> counts = remarks.get(field);
        for (String remark : all) {
            long[] count = counts.get(remark);
            if (count == null) {
                String name = counts.size() < MOST_REMARKS ? remark : OTHER;
                count = counts.computeIfAbsent(name, _ -> new long[1]);
            }
            count[0]++;
        }
    }

    /// What was remarked since the chunk began.
    List<Remark> remarks() {
        List<Remark> all = new ArrayList<>();
        for (int i = 0; i < row.length; i++) {
            String column = step.fields().get(i).column.name();
            remarks.get(i).forEach((what, rows) -> all.add(new Remark(column, what, rows[0])));
        }
        return all;
    }
}
