package dev.slipway.backend.migration.target;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// A database that rows are written to. Every change happens in a transaction that the caller ends.
public interface Target extends AutoCloseable {

    /// Which of a plan's schemas is for it: `sqlite` or `postgresql`.
    String dialect();

    /// The name of its engine and version, for the report.
    String engine() throws SQLException;

    /// The connection that everything goes through, with autocommit off.
    Connection connection();

    /// A table by its name, as it now stands.
    Optional<TargetTable> table(String name) throws SQLException;

    /// The tables that there are.
    List<String> tables() throws SQLException;

    /// Adds rows.
    ///
    /// @param rows values in the order of `columns`, each of its column's kind
    /// @throws SQLException if one of them is refused; the transaction can then only go back to a
    ///   savepoint
    void insert(TargetTable table, List<TargetColumn> columns, List<@Nullable Object[]> rows)
            throws SQLException;

    /// Gathers rows for a table.
    default Batch batch(TargetTable table, List<TargetColumn> columns) {
        return new RowBatch(this, table, columns);
    }

    /// Adds rows of text to a table.
    ///
    /// @param rows values in the order of `columns`
    /// @param conflict what follows `ON CONFLICT`, for a row whose key is `there` already
    void add(String table, List<String> columns, List<String[]> rows, String conflict)
            throws SQLException;

    /// Shows the rows of a table as they stand.
    ///
    /// @param columns in this order
    /// @param span of the primary key, which must be one whole number unless it is everything
    void show(TargetTable table, List<TargetColumn> columns, KeySpan span, CellVisitor visitor)
            throws SQLException;

    /// How long an answer may take; after that the connection counts as lost. A file always
    /// answers.
    default void answersWithin(Duration limit) throws SQLException {}

    /// How many connections may write at once without waiting for each other.
    int writers();

    /// Another connection to the same database.
    Target another() throws SQLException;

    /// An SQL condition that a column is one of many values, with one parameter for all of them.
    String among(String column, Kind kind);

    /// A query for rows of a table by a key whose last part is one of many values. Each is looked
    /// up by itself, so that the engine needs no statistics to do it by the key: a table that is
    /// being filled has none. Its first parameter takes the values, those of the condition follow.
    ///
    /// @param columns to select
    /// @param condition on the key's other parts
    /// @param last the key's last part, a text
    String find(String columns, String table, String condition, String last);

    /// Binds the many values of [#among] or [#find].
    void bindAll(PreparedStatement statement, int at, Kind kind, Collection<?> values)
            throws SQLException;

    /// A column's value as its kind.
    @Nullable Object value(ResultSet row, int at, Kind kind) throws SQLException;

    /// Binds a value of a kind to a statement.
    void bind(PreparedStatement statement, int at, Object value) throws SQLException;

    /// Binds what a column is to hold.
    void bind(PreparedStatement statement, int at, TargetColumn column, @Nullable Object value)
            throws SQLException;

    /// Whether the target refused a row because of what it holds, not because of an illness of its
    /// own.
    boolean refusesRow(SQLException e);

    /// Undoes what is not committed after a failure, which it never hides: an engine may have
    /// undone it by itself.
    default void undo(Throwable failure) {
        try {
            connection().rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /// Whether an error says that there is no room left where the target is.
    boolean full(SQLException e);

    /// The name of one of the ledger's tables, for SQL.
    String ledger(String table);

    /// Whether the ledger's tables are there.
    boolean hasLedger() throws SQLException;

    /// What to run before the ledger's tables are made.
    String ledgerHome();

    /// Runs a script of several statements.
    void run(String script) throws SQLException;

    /// Lets the rest of the transaction be alone among those that ask for this: the ledger's runs
    /// are numbered in it. A file has one writer anyway.
    default void oneByOne() throws SQLException {}

    /// Lets the rest of the transaction fail rather than wait long for what another one holds, so
    /// that the two never wait for each other.
    default void impatient() throws SQLException {}

    /// Makes the next commit wait until it and everything before it is on the disk.
    void durable() throws SQLException;

    /// The name as SQL wants it.
    default String quote(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /// Ends the transaction, with all that was done in it, and holds none until [#takeUp]: others
    /// can write meanwhile.
    default void letGo() throws SQLException {
        connection().commit();
    }

    /// Works on.
    default void takeUp() throws SQLException {}

    @Override
    void close() throws SQLException;
}
