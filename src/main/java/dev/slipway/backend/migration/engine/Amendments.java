package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.plan.Wins;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.TargetColumn;
import dev.slipway.backend.migration.validation.RowHash;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What merged rows change in the rows that stand for them, column by column as the plan says.
final class Amendments {
    private final Map<String, @Nullable Object[]> fresh = new HashMap<>();
    private final Map<String, List<@Nullable Object[]>> later = new LinkedHashMap<>();

    /// A row of this chunk, by its target key.
    void fresh(String id, @Nullable Object[] values) {
        fresh.put(id, values);
    }

    /// A row that is merged into another.
    void merge(PreparedStep step, String id, @Nullable Object[] values) {
        @Nullable Object[] into = fresh.get(id);
        if (into == null) {
            later.computeIfAbsent(id, _ -> new ArrayList<>()).add(values);
        } else {
            amend(step, into, values);
        }
    }

    /// Changes the rows of earlier chunks.
    ///
    /// @return by how much that changes the step's checksum
    long write(PreparedStep step, Target target) throws SQLException {
        long difference = 0;
        if (later.isEmpty()) {
            return difference;
        }
        List<TargetColumn> columns = step.columns();
        TargetColumn id = columns.get(step.id());
        String table = target.quote(step.table().name());
        String is = " WHERE " + target.quote(id.name()) + " = ?";
        String names =
                columns.stream().map(c -> target.quote(c.name())).collect(Collectors.joining(", "));
        String sets =
                columns.stream()
                        .map(c -> target.quote(c.name()) + " = ?")
                        .collect(Collectors.joining(", "));
        try (var read =
                        target.connection()
                                .prepareStatement("SELECT " + names + " FROM " + table + is);
                var update =
                        target.connection()
                                .prepareStatement("UPDATE " + table + " SET " + sets + is)) {
            for (var each : later.entrySet()) {
                Object key = Lookups.id(step, each.getKey());
                @Nullable Object[] stands = row(step, target, read, key);
                long before = RowHash.of(stands);
                each.getValue().forEach(values -> amend(step, stands, values));
                long now = RowHash.of(stands);
                if (before != now) {
                    update(target, update, columns, stands, key);
                    difference += now - before;
                }
            }
            update.executeBatch();
        }
        return difference;
    }

    private static @Nullable Object[] row(
            PreparedStep step, Target target, PreparedStatement read, Object key)
            throws SQLException {
        target.bind(read, 1, key);
        try (var row = read.executeQuery()) {
            if (!row.next()) {
                throw new SQLException(
                        "the row %s of %s was taken away during the run"
                                .formatted(key, step.table().name()));
            }
            @Nullable Object[] values = new @Nullable Object[step.columns().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = target.value(row, i + 1, step.columns().get(i).kind());
            }
            return values;
        }
    }

    private static void update(
            Target target,
            PreparedStatement update,
            List<TargetColumn> columns,
            @Nullable Object[] values,
            Object key)
            throws SQLException {
        for (int i = 0; i < values.length; i++) {
            target.bind(update, i + 1, columns.get(i), values[i]);
        }
        target.bind(update, values.length + 1, key);
        update.addBatch();
    }

    static void amend(PreparedStep step, @Nullable Object[] into, @Nullable Object[] values) {
        for (int i = 0; i < into.length; i++) {
            if (i != step.id()) {
                into[i] = winner(step.fields().get(i).column.wins(), into[i], values[i]);
            }
        }
    }

    private static @Nullable Object winner(
            Wins wins, @Nullable Object stands, @Nullable Object comes) {
        if (comes == null) {
            return stands;
        }
        return switch (wins) {
            case FIRST -> stands;
            case LAST -> comes;
            case FILLED -> stands == null ? comes : stands;
            case LARGEST -> stands == null || compare(comes, stands) > 0 ? comes : stands;
            case SMALLEST -> stands == null || compare(comes, stands) < 0 ? comes : stands;
        };
    }

    private static int compare(Object a, Object b) {
        return switch (a) {
            case Long number -> number.compareTo((Long) b);
            case BigDecimal number -> number.compareTo((BigDecimal) b);
            case LocalDate day -> day.compareTo((LocalDate) b);
            case Instant moment -> moment.compareTo((Instant) b);
            case Boolean truth -> truth.compareTo((Boolean) b);
            default -> a.toString().compareTo(b.toString());
        };
    }
}
