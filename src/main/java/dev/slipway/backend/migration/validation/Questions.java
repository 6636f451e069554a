package dev.slipway.backend.migration.validation;

import dev.slipway.backend.migration.target.Kind;
import dev.slipway.backend.migration.target.Target;

import org.jspecify.annotations.Nullable;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Small questions to the target, one by one; those that are known beforehand go together.
final class Questions implements AutoCloseable {
    private final Target target;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Map<List<Object>, List<List<@Nullable Object>>> known = new HashMap<>();

    Questions(Target target) {
        this.target = target;
    }

    /// Forgets what was asked beforehand.
    void clear() {
        known.clear();
    }

    /// Asks one question for many last values, and keeps each one's answer as if it was asked
    /// alone.
    ///
    /// @param alone how it would be asked
    /// @param find how it is asked for all: answers with the last value and what was asked for
    void expect(
            String alone, List<String> first, Kind kind, Set<?> last, String find, List<Kind> kinds)
            throws SQLException {
        if (last.isEmpty() || (kind != Kind.INTEGER && kind != Kind.TEXT)) {
            return;
        }
        for (Object value : last) {
            known.put(question(alone, first, value), new ArrayList<>());
        }
        try (var statement = target.connection().prepareStatement(find)) {
            target.bindAll(statement, 1, kind, last);
            for (int i = 0; i < first.size(); i++) {
                target.bind(statement, i + 2, first.get(i));
            }
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    Object value = target.value(row, 1, kind);
                    var answers = value == null ? null : known.get(question(alone, first, value));
                    if (answers != null) {
                        answers.add(cells(row, 2, kinds));
                    }
                }
            }
        }
    }

    private static List<Object> question(String sql, List<?> first, Object last) {
        List<Object> values = new ArrayList<>(first);
        values.add(last);
        return question(sql, values);
    }

    private static List<Object> question(String sql, List<?> values) {
        List<Object> question = new ArrayList<>(values);
        question.addFirst(sql);
        return question;
    }

    /// @param kinds of what is asked for
    List<List<@Nullable Object>> ask(String sql, List<Kind> kinds, List<?> values)
            throws SQLException {
        var expected = known.get(question(sql, values));
        if (expected != null) {
            return expected;
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = target.connection().prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < values.size(); i++) {
            target.bind(statement, i + 1, values.get(i));
        }
        try (var row = statement.executeQuery()) {
            while (row.next()) {
                rows.add(cells(row, 1, kinds));
            }
        }
        return rows;
    }

    private List<@Nullable Object> cells(ResultSet row, int from, List<Kind> kinds)
            throws SQLException {
        List<@Nullable Object> cells = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            cells.add(target.value(row, from + i, kinds.get(i)));
        }
        return cells;
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
    }
}
