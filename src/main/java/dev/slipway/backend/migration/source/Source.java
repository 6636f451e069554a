package dev.slipway.backend.migration.source;

import dev.slipway.backend.migration.plan.SourceQuery;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// A database that rows are read from, in short reads, each over before the next begins. Nothing is
/// ever written to it.
public interface Source extends AutoCloseable {

    /// The name of its engine and version, for the report.
    String engine() throws SQLException;

    /// The tables and views that there are.
    List<String> tables() throws SQLException;

    /// What a query yields.
    ///
    /// @throws SQLException if it can't be run
    SourceTable describe(SourceQuery query) throws SQLException;

    /// How many rows there are, and between which keys: one look, one read.
    Extent extent(Reading reading) throws SQLException;

    /// The rows of a range in the order of their keys. Each value is the text that the source
    /// holds, whatever its declared type, so that nothing is converted unseen.
    ///
    /// @param limit rows at most
    List<@Nullable String[]> read(Reading reading, KeyRange range, int limit) throws SQLException;

    /// Whether the engine would sort, or make up, all rows each time that some are read in the
    /// order of their keys.
    ///
    /// @param ranged whether they are read by ranges of one number
    boolean sorts(Reading reading, boolean ranged) throws SQLException;

    /// The rows of a range in the order of their keys, in one read however many there are; none is
    /// kept in memory.
    void pass(Reading reading, KeyRange range, Rows to) throws SQLException;

    /// Takes one row after another.
    interface Rows {
        void row(@Nullable String[] row) throws SQLException;
    }

    /// Rows by their keys; those that are not there are left out.
    List<@Nullable String[]> rows(Reading reading, List<List<String>> keys) throws SQLException;

    /// The last row up to a key, or null if there is none.
    @Nullable String @Nullable [] last(Reading reading, List<String> key) throws SQLException;

    /// The last row before a key, or null if there is none.
    @Nullable String @Nullable [] previous(Reading reading, List<String> key) throws SQLException;

    /// The keys among some that are there, in the source's own order.
    ///
    /// @param keys not more than a statement can name, some ten thousand
    List<List<String>> ordered(Reading reading, List<List<String>> keys) throws SQLException;

    /// Where a query's columns come from by the engine's own word: `table` and `column` by the
    /// query's name for it. What is computed is left out.
    Map<String, ColumnOrigin> traced(String sql) throws SQLException;

    /// How many rows a range holds, counted by the source itself.
    long count(Reading reading, KeyRange range) throws SQLException;

    /// Totals over a range, added up by the source itself.
    void add(Reading reading, KeyRange range, Sought sought, Added into) throws SQLException;

    /// What a query for a validation yields.
    ///
    /// @param most rows; more are refused
    List<List<@Nullable Object>> query(String sql, int most) throws SQLException;

    /// Has the engine take a query in without running it.
    ///
    /// @return how many columns it yields
    /// @throws SQLException if it can't be run, or yields none
    int parse(String sql) throws SQLException;

    /// The name as SQL wants it.
    String quote(String name);

    /// What stands after FROM for a query, with its condition.
    String from(SourceQuery query);

    /// Where the engine's own log of changes stands now: whoever reads from now on sees all that
    /// stands before it, though the log itself may be further. That it can't be known is said in it
    /// and is no failure: a user may lack the privilege, and a copy needs no log.
    Position position() throws SQLException;

    /// How far the engine's own clock is ahead of another, by half the time of the question. A file
    /// has the clock of this machine.
    default Duration ahead(InstantSource here) throws SQLException {
        return Duration.ZERO;
    }

    /// Asks the engine how it fares, over a connection of its own that does not wait long.
    ///
    /// @throws SQLException if the engine can't say
    Vitals vitals() throws SQLException;

    /// How long an answer may take; after that the connection counts as lost. A file always
    /// answers.
    default void answersWithin(Duration limit) throws SQLException {}

    /// Another connection to the same database.
    Source another() throws SQLException;

    @Override
    void close() throws SQLException;
}
