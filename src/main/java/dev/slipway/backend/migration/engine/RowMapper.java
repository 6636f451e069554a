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
import java.util.Set;

/// Makes target rows of a chunk's raw rows.
public final class RowMapper {
    private final PreparedStep step;
    private final Lookups lookups;
    private final Map<Field, Map<String, Object>> found = new HashMap<>();

    /// Looks up in advance everything that the chunk's rows refer to.
    public RowMapper(PreparedStep step, Lookups lookups, List<@Nullable String[]> rows)
            throws SQLException {
        this.step = step;
        this.lookups = lookups;
        for (Field field : step.fields()) {
            if (field.column.type() instanceof ColumnType.Lookup lookup) {
                Set<String> wanted = new HashSet<>();
                for (@Nullable String[] row : rows) {
                    String key = lookups.key(step, field, row);
                    if (key != null) {
                        wanted.add(key);
                    }
                }
                found.put(field, lookups.find(lookup, wanted));
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

    /// The row's values in the order of the plan's columns.
    ///
    /// @param generated the number that a generated key gets
    @Nullable Object[] values(@Nullable String[] row, long generated) throws Refused, LeftOut {
        @Nullable Object[] values = new @Nullable Object[step.fields().size()];
        for (int i = 0; i < values.length; i++) {
            Field field = step.fields().get(i);
            values[i] =
                    switch (field.column.type()) {
                        case ColumnType.Generated _ -> generated;
                        case ColumnType.Lookup lookup -> lookup(field, lookup, row);
                        default -> field.value(row);
                    };
        }
        return values;
    }

    private @Nullable Object lookup(Field field, ColumnType.Lookup lookup, @Nullable String[] row)
            throws Refused, LeftOut {
        String key = lookups.key(step, field, row);
        if (key == null) {
            return field.apply(
                    field.column.onMissing(),
                    "lookup " + lookup.step(),
                    "is missing",
                    row[field.from[0]]);
        }
        Object value = found.getOrDefault(field, Map.of()).get(key);
        return value != null
                ? value
                : field.apply(
                        field.column.onBad(),
                        "lookup " + lookup.step(),
                        "there is no such row in " + lookup.step(),
                        row[field.from[0]]);
    }
}
