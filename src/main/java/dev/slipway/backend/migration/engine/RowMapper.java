package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.ledger.Remark;
import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.plan.Origin;
import dev.slipway.backend.migration.validation.RowHash;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Makes target rows of raw rows, a chunk at a time: first [#over], then [#map] row by row.
final class RowMapper {
    private static final int MOST_REMARKS = 200;
    private static final String OTHER = "other";

    private final PreparedStep step;
    private final Lookups lookups;
    private final @Nullable Conversions[] conversions;
    private final List<Map<String, long[]>> remarks = new ArrayList<>();
    private final @Nullable References[] references;
    private final @Nullable Object[][] gapWords;
    private final byte[][] @Nullable [] gapTexts;
    private final long[][] gapCells;
    private final byte[] @Nullable [] utf8;
    private final long[] cells;
    private final int[] gaps;
    private final Conversion[] row;

    RowMapper(PreparedStep step, Lookups lookups) {
        this(step, lookups, false);
    }

    /// @param settled whether the rows of all steps that it refers to are there already, so that
    ///   what is not found now is never found
    RowMapper(PreparedStep step, Lookups lookups, boolean settled) {
        this.step = step;
        this.lookups = lookups;
        int width = step.fields().size();
        this.conversions = new @Nullable Conversions[width];
        this.references = new @Nullable References[width];
        this.gapWords = new @Nullable Object[width][];
        this.gapTexts = new byte[width][] @Nullable [];
        this.gapCells = new long[width][];
        this.utf8 = new byte[width] @Nullable [];
        this.row = new Conversion[width];
        this.cells = new long[width];
        this.gaps = new int[width];
        for (int i = 0; i < width; i++) {
            Field field = step.fields().get(i);
            remarks.add(new HashMap<>());
            gaps[i] = -1;
            if (field.column.type() instanceof ColumnType.Gap gap) {
                gaps[i] = place(gap.of());
                gapWords[i] =
                        Arrays.stream(Origin.values())
                                .map(o -> o == Origin.GIVEN ? null : field.given(o.word()).value())
                                .toArray();
                gapCells[i] = Arrays.stream(gapWords[i]).mapToLong(RowHash::cell).toArray();
                gapTexts[i] =
                        Arrays.stream(gapWords[i]).map(Conversion::utf8).toArray(byte[][]::new);
            } else if (field.column.type() instanceof ColumnType.Reference lookup) {
                references[i] =
                        new References(
                                field, lookups.of(lookup), lookups.remembered(field), settled);
            } else if (!(field.column.type() instanceof ColumnType.Generated)) {
                conversions[i] = new Conversions(field);
            }
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
        for (References each : references) {
            if (each != null) {
                each.over(rows);
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
            if (gaps[i] < 0) {
                Conversion one = convert(i, at, raw, generated);
                row[i] = one;
                values[i] = one.value();
                utf8[i] = one.utf8();
                cells[i] = one.cell();
                refusal = refusal == null ? one.refusal() : refusal;
                if (!one.remarks().isEmpty()) {
                    note(i, one.remarks());
                }
            }
        }
        for (int i = 0; i < row.length; i++) {
            if (gaps[i] >= 0) {
                int origin = row[gaps[i]].origin().ordinal();
                values[i] = gapWords[i][origin];
                utf8[i] = gapTexts[i][origin];
                cells[i] = gapCells[i][origin];
            }
        }
        return new Mapped(values, utf8, RowHash.of(cells), refusal);
    }

    private Conversion convert(int i, int at, @Nullable String[] raw, long generated) {
        Conversions plain = conversions[i];
        if (plain != null) {
            return plain.of(raw);
        }
        Field field = step.fields().get(i);
        return switch (field.column.type()) {
            case ColumnType.Lookup lookup -> lookup(i, field, lookup, at, raw);
            case ColumnType.Found _ -> found(i, field, at);
            default -> Conversion.given(generated);
        };
    }

    private Conversion lookup(
            int i, Field field, ColumnType.Lookup lookup, int at, @Nullable String[] raw) {
        References known = Objects.requireNonNull(references[i]);
        Object value = known.found(at);
        if (value != null) {
            return Conversion.given(value);
        }
        String text = raw[field.from[0]];
        return known.named(at)
                ? field.bad(
                        "lookup " + lookup.step(),
                        "there is no such row in " + lookup.step(),
                        text,
                        List.of())
                : field.missing(absence(text), text, List.of());
    }

    private static Origin absence(@Nullable String text) {
        if (text == null) {
            return Origin.NULL;
        }
        return text.isBlank() ? Origin.EMPTY : Origin.SENTINEL;
    }

    private Conversion found(int i, Field field, int at) {
        return field.given(Objects.requireNonNull(references[i]).found(at) != null);
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
