package dev.slipway.backend.migration.source;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/// Tells a database that went away, or has no room or time just now, from one that refused.
public final class Lost {
    /// By the standard: connections, resources, operator's intervention, system, conflicts of
    /// transactions.
    private static final Set<String> CLASSES = Set.of("08", "53", "57", "58", "40");

    /// A lock that was not to be had.
    private static final String LOCKED = "55P03";

    private static final Set<Integer> SQLITE_BUSY = Set.of(5, 6);

    private Lost() {}

    /// Whether it is worth trying again by and by, rather than a refusal.
    public static boolean is(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLTransientException
                || e instanceof SQLNonTransientConnectionException
                || e instanceof SQLRecoverableException
                || e instanceof org.sqlite.SQLiteException
                        && SQLITE_BUSY.contains(e.getErrorCode() & 0xFF)
                || state != null
                        && (state.equals(LOCKED)
                                || state.length() == 5 && CLASSES.contains(state.substring(0, 2)));
    }
}
