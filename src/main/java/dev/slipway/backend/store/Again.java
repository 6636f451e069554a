package dev.slipway.backend.store;

import static java.lang.System.Logger.Level.WARNING;

import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Does a transaction again when the database undid it because it met another one. The database
/// says that nothing of it stands, so that is safe; a connection that broke says no such thing, and
/// is the caller's.
final class Again {
    private static final System.Logger LOG = System.getLogger(Again.class.getName());
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long MOST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int MOST_DOUBLINGS = 10;

    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";

    /// What was looked for and not found was inserted by another one meanwhile: whoever looks again
    /// finds it. One that is ours fails again.
    private static final String UNIQUE_VIOLATION = "23505";

    /// A transaction that met others so often has the next try to itself: those that begin wait for
    /// its end. The lock must be a transaction's first statement: it takes no snapshot yet.
    private static final int TRIES_BESIDE = 3;

    private static final String BESIDE = "LOCK TABLE write_turn IN ROW SHARE MODE";
    private static final String ALONE = "LOCK TABLE write_turn IN EXCLUSIVE MODE";

    private final Jdbi jdbi;
    private final boolean turns;

    /// @param turns whether one that never gets through is let through alone
    Again(Jdbi jdbi, boolean turns) {
        this.jdbi = jdbi;
        this.turns = turns;
    }

    <T, X extends Exception> T inTransaction(HandleCallback<T, X> work) throws X {
        return again(work, TRIES_BESIDE);
    }

    /// The same, alone from the first try on.
    <T, X extends Exception> T alone(HandleCallback<T, X> work) throws X {
        return again(work, 0);
    }

    private <T, X extends Exception> T again(HandleCallback<T, X> work, int beside) throws X {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work, attempt > beside);
            } catch (RuntimeException e) {
                if (!worthIt(e, attempt) || System.nanoTime() > deadline) {
                    throw e;
                }
                if (attempt % 10 == 0) {
                    LOG.log(WARNING, "a transaction met others {0} times: {1}", attempt, e);
                }
                pause(attempt);
            }
        }
    }

    private <T, X extends Exception> T once(HandleCallback<T, X> work, boolean alone) throws X {
        return jdbi.inTransaction(
                handle -> {
                    if (turns) {
                        handle.execute(alone ? ALONE : BESIDE);
                    }
                    return work.withHandle(handle);
                });
    }

    private static boolean worthIt(Throwable failure, int attempt) {
        return switch (state(failure)) {
            case SERIALIZATION_FAILURE, DEADLOCK -> true;
            case UNIQUE_VIOLATION -> attempt < 3;
            default -> false;
        };
    }

    private static String state(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }

    /// Any wait up to a limit that grows, so that those who met don't meet again.
    private static void pause(int attempt) {
        long most = FIRST_PAUSE_NANOS << Math.min(attempt, MOST_DOUBLINGS);
        LockSupport.parkNanos(
                ThreadLocalRandom.current().nextLong(Math.min(most, MOST_PAUSE_NANOS)));
    }
}
