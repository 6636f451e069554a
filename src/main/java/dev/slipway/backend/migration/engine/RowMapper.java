package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.convert.Normal;
import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.plan.Match;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Makes target rows of a chunk's raw rows.
public final class RowMapper {
    private final PreparedStep step;
    private final Map<Field, References> references = new HashMap<>();

    /// What a chunk's rows refer to by one column, row by row.
    ///
    /// @param keys natural keys; null where a row names none
    /// @param found the target keys that they mean
    private record References(@Nullable String[] keys, Map<String, Object> found) {}

    /// Looks up in advance everything that the chunk's rows refer to.
    public RowMapper(PreparedStep step, Lookups lookups, List<@Nullable String[]> rows)
            throws SQLException {
        this.step = step;
        for (Field field : step.fields()) {
            if (field.column.type() instanceof ColumnType.Lookup lookup) {
                @Nullable String[] keys = new @Nullable String[rows.size()];
                Set<String> wanted = new HashSet<>();
                for (int i = 0; i < keys.length; i++) {
                    String key = lookups.key(step, field, rows.get(i));
                    keys[i] = key;
                    if (key != null) {
                        wanted.add(key);
                    }
                }
                references.put(field, new References(keys, lookups.find(lookup, wanted)));
            }
        }
    }

    /// Whether the plan leaves the row out before anything else.
    boolean skips(@Nullable String[] row) {
        for (var skip : step.step().skip().entrySet()) {
            String value = row[step.reading().index(skip.getKey())];
            if (value != null && skip.getValue().contains(value)) {
                return true;
            }
        }
        return false;
    }

    /// The natural key of a row, or null if it names none.
    @Nullable String natural(Match match, @Nullable String[] row) {
        return Normal.key(match, step.values(row, match.columns()));
    }

    /// The values of a row in the order of the plan's columns.
    ///
    /// @param at where the row stands in its chunk
    /// @param generated the number that a generated key gets
    @Nullable Object[] values(int at, @Nullable String[] row, long generated)
            throws Refused, LeftOut {
        @Nullable Object[] values = new @Nullable Object[step.fields().size()];
        for (int i = 0; i < values.length; i++) {
            Field field = step.fields().get(i);
            values[i] =
                    switch (field.column.type()) {
                        case ColumnType.Generated _ -> generated;
                        case ColumnType.Lookup lookup -> lookup(field, lookup, at, row);
                        default -> field.value(row);
                    };
        }
        return values;
    }

    private @Nullable Object lookup(
            Field field, ColumnType.Lookup lookup, int at, @Nullable String[] row)
            throws Refused, LeftOut {
        References known = Objects.requireNonNull(references.get(field));
        String key = known.keys()[at];
        String raw = row[field.from[0]];
        String rule = "lookup " + lookup.step();
        if (key == null) {
            return field.apply(field.column.onMissing(), rule, "is missing", raw);
        }
        Object value = known.found().get(key);
        String reason = "there is no such row in " + lookup.step();
        return value != null ? value : field.apply(field.column.onBad(), rule, reason, raw);
    }
}
