package dev.slipway.backend.migration.target;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;

/// Rows on their way into a table. Each is put into the form in which the target takes it as soon
/// as it is made, while its values are at hand, and once only: however often it is tried, and
/// whether alone or with others.
public interface Batch {

    /// Adds a row. One that can't be put into that form is told when it is inserted.
    ///
    /// @param values in the order of the columns, each of its column's kind
    /// @param utf8 the bytes of those that are text, null for the others; null if none are known
    void add(@Nullable Object[] values, byte @Nullable [] @Nullable [] utf8);

    /// Inserts some of the rows.
    ///
    /// @param from the first of them, in the order in which they were added
    /// @param to the one after the last
    /// @throws SQLException if one of them is refused; the transaction can then only go back to a
    ///   savepoint
    void insert(int from, int to) throws SQLException;

    /// Forgets all rows.
    void clear();
}
