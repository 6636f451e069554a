package dev.slipway.backend.migration.sync;

import dev.slipway.backend.migration.engine.PreparedStep;
import dev.slipway.backend.migration.target.Kind;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.TargetColumn;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// One step's rows in the target, by their keys: the text of each part, as the ledger keeps it.
final class TargetRows {
    /// Between the parts of a key.
    static final String BETWEEN = "\u001F";

    private final Target target;
    private final PreparedStep step;
    private final String table;
    private final List<TargetColumn> primary;
    private final int[] keyAt;

    TargetRows(Target target, PreparedStep step) {
        this.target = target;
        this.step = step;
        this.table = target.quote(step.table().name());
        this.primary =
                step.table().primary().stream()
                        .map(p -> step.table().column(p).orElseThrow())
                        .toList();
        List<String> names = step.columns().stream().map(TargetColumn::name).toList();
        this.keyAt = step.table().primary().stream().mapToInt(names::indexOf).toArray();
    }

    /// The key of a row.
    String key(@Nullable Object[] values) {
        var parts = new ArrayList<String>(keyAt.length);
        for (int at : keyAt) {
            parts.add(text(values[at]));
        }
        return String.join(BETWEEN, parts);
    }

    private static String text(@Nullable Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    }

    private static Object value(TargetColumn column, String text) {
        return switch (column.kind()) {
            case INTEGER -> Long.valueOf(text);
            case NUMERIC -> new BigDecimal(text);
            case BOOLEAN -> Boolean.valueOf(text);
            case DATE -> LocalDate.parse(text);
            case MOMENT -> Instant.parse(text);
            case TEXT, JSON, OTHER -> text;
        };
    }

    /// What stands at some keys.
    Map<String, @Nullable Object[]> read(Collection<String> keys) throws SQLException {
        Map<String, @Nullable Object[]> found = new HashMap<>();
        if (keys.isEmpty()) {
            return found;
        }
        String sql = "SELECT " + names(step.columns()) + " FROM " + table + " WHERE ";
        if (many()) {
            String all = sql + target.among(quoted(primary.getFirst()), primary.getFirst().kind());
            try (var statement = target.connection().prepareStatement(all)) {
                bindAll(statement, keys);
                add(statement, found);
            }
        } else {
            try (var statement = target.connection().prepareStatement(sql + one())) {
                for (String key : keys) {
                    bind(statement, 1, key);
                    add(statement, found);
                }
            }
        }
        return found;
    }

    private void add(PreparedStatement statement, Map<String, @Nullable Object[]> found)
            throws SQLException {
        try (var row = statement.executeQuery()) {
            while (row.next()) {
                @Nullable Object[] values = new @Nullable Object[step.columns().size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = target.value(row, i + 1, step.columns().get(i).kind());
                }
                found.put(key(values), values);
            }
        }
    }

    /// The keys of the rows one of whose columns refers to some keys of another table.
    ///
    /// @param kind of the column
    List<String> referring(TargetColumn column, Collection<String> keys) throws SQLException {
        List<String> found = new ArrayList<>();
        if (keys.isEmpty()) {
            return found;
        }
        String sql =
                "SELECT %s FROM %s WHERE %s"
                        .formatted(
                                names(primary), table, target.among(quoted(column), column.kind()));
        try (var statement = target.connection().prepareStatement(sql)) {
            target.bindAll(
                    statement, 1, column.kind(), keys.stream().map(k -> value(column, k)).toList());
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(keyOf(row));
                }
            }
        }
        return found;
    }

    /// The keys that stand there, in their order.
    ///
    /// @param after go on after this one; empty for the beginning
    List<String> page(String after, int most) throws SQLException {
        List<String> page = new ArrayList<>();
        String order = names(primary);
        String marks = primary.stream().map(_ -> "?").collect(Collectors.joining(", "));
        String sql =
                "SELECT %s FROM %s%s ORDER BY %s LIMIT %d"
                        .formatted(
                                order,
                                table,
                                after.isEmpty() ? "" : " WHERE (" + order + ") > (" + marks + ")",
                                order,
                                most);
        try (var statement = target.connection().prepareStatement(sql)) {
            if (!after.isEmpty()) {
                bind(statement, 1, after);
            }
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    page.add(keyOf(row));
                }
            }
        }
        return page;
    }

    private String keyOf(ResultSet row) throws SQLException {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < primary.size(); i++) {
            parts.add(text(target.value(row, i + 1, primary.get(i).kind())));
        }
        return String.join(BETWEEN, parts);
    }

    /// Adds rows.
    ///
    /// @throws SQLException if one is refused
    void insert(List<@Nullable Object[]> rows) throws SQLException {
        target.insert(step.table(), step.columns(), rows);
    }

    /// Lets rows hold what they now are.
    ///
    /// @throws SQLException if one is refused
    void update(List<@Nullable Object[]> rows) throws SQLException {
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < step.columns().size(); i++) {
            if (!step.table().primary().contains(step.columns().get(i).name())) {
                others.add(i);
            }
        }
        String sets =
                others.stream()
                        .map(i -> quoted(step.columns().get(i)) + " = ?")
                        .collect(Collectors.joining(", "));
        String sql = "UPDATE " + table + " SET " + sets + " WHERE " + one();
        try (var statement = target.connection().prepareStatement(sql)) {
            for (@Nullable Object[] row : rows) {
                int at = 1;
                for (int i : others) {
                    target.bind(statement, at++, step.columns().get(i), row[i]);
                }
                bind(statement, at, key(row));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /// Takes rows out.
    void delete(Collection<String> keys) throws SQLException {
        String sql = "DELETE FROM " + table + " WHERE ";
        if (many()) {
            String all = sql + target.among(quoted(primary.getFirst()), primary.getFirst().kind());
            try (var statement = target.connection().prepareStatement(all)) {
                bindAll(statement, keys);
                statement.executeUpdate();
            }
            return;
        }
        try (var statement = target.connection().prepareStatement(sql + one())) {
            for (String key : keys) {
                bind(statement, 1, key);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /// Whether one parameter can hold many keys.
    private boolean many() {
        return primary.size() == 1
                && (primary.getFirst().kind() == Kind.INTEGER
                        || primary.getFirst().kind() == Kind.TEXT);
    }

    private void bindAll(PreparedStatement statement, Collection<String> keys) throws SQLException {
        TargetColumn column = primary.getFirst();
        target.bindAll(
                statement, 1, column.kind(), keys.stream().map(k -> value(column, k)).toList());
    }

    private String one() {
        return primary.stream().map(p -> quoted(p) + " = ?").collect(Collectors.joining(" AND "));
    }

    private void bind(PreparedStatement statement, int from, String key) throws SQLException {
        String[] parts = key.split(BETWEEN, -1);
        for (int i = 0; i < parts.length; i++) {
            TargetColumn column = primary.get(i);
            target.bind(statement, from + i, column, value(column, parts[i]));
        }
    }

    private String names(List<TargetColumn> columns) {
        return columns.stream().map(this::quoted).collect(Collectors.joining(", "));
    }

    private String quoted(TargetColumn column) {
        return target.quote(column.name());
    }
}
