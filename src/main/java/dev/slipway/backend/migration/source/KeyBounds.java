package dev.slipway.backend.migration.source;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/// The conditions that keep a query to a range of keys, and what is bound to their marks, in the
/// same order.
final class KeyBounds {
    private final Compared compared;

    KeyBounds(Compared compared) {
        this.compared = compared;
    }

    /// How a part of a key is compared.
    @FunctionalInterface
    interface Compared {
        String bound(SourceColumn column, String value);
    }

    /// The conditions of a range, each with `AND` before it.
    ///
    /// @param key the columns of the key as they are compared
    static String within(List<String> key, KeyRange range) {
        return beyond(key, range.after(), ">", "") + beyond(key, range.to(), "<", "=");
    }

    /// The condition that a row stands before a key, with `AND` before it.
    static String before(List<String> key, List<String> bound) {
        return beyond(key, bound, "<", "");
    }

    /// `(a > ? OR (a = ? AND (b > ?)))`, and before it `a >= ?`, which an index serves.
    private static String beyond(List<String> key, List<String> bound, String sign, String last) {
        if (bound.isEmpty()) {
            return "";
        }
        String first = key.getFirst();
        String index = key.size() == 1 ? "" : " AND " + first + " " + sign + "= ?";
        return index + " AND " + nested(key, sign, last);
    }

    private static String nested(List<String> key, String sign, String last) {
        String column = key.getFirst();
        if (key.size() == 1) {
            return "(" + column + " " + sign + last + " ?)";
        }
        String rest = nested(key.subList(1, key.size()), sign, last);
        return "(" + column + " " + sign + " ? OR (" + column + " = ? AND " + rest + "))";
    }

    /// Binds what [#within] asks for.
    void bind(PreparedStatement statement, Reading reading, KeyRange range) throws SQLException {
        int at = bind(statement, 1, reading, range.after());
        bind(statement, at, reading, range.to());
    }

    /// Binds what [#before] asks for.
    void bindBefore(PreparedStatement statement, Reading reading, List<String> bound)
            throws SQLException {
        bind(statement, 1, reading, bound);
    }

    private int bind(PreparedStatement statement, int from, Reading reading, List<String> bound)
            throws SQLException {
        int at = from;
        if (bound.size() > 1) {
            bindPart(statement, at++, reading, 0, bound.getFirst());
        }
        for (int i = 0; i < bound.size(); i++) {
            bindPart(statement, at++, reading, i, bound.get(i));
            if (i < bound.size() - 1) {
                bindPart(statement, at++, reading, i, bound.get(i));
            }
        }
        return at;
    }

    /// Binds a part of a key as what it is: an engine may hold every number less than every text.
    void bindPart(PreparedStatement statement, int at, Reading reading, int part, String value)
            throws SQLException {
        SourceColumn column = reading.columns().get(reading.index(reading.key().get(part)));
        if (column.kind() == SourceColumn.Kind.INTEGER && value.matches("-?\\d{1,18}")) {
            statement.setLong(at, Long.parseLong(value));
        } else {
            statement.setString(at, compared.bound(column, value));
        }
    }
}
