package dev.slipway.backend.queues.dispatch;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.BrokerStatus;
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

/// How the broker stands, in one row that every process may read; the live stream tells it when
/// that changes. That it is away holds as long as one process says so; another one that reaches it
/// still is told beside it.
final class Health {
    static final String ID = "broker";

    /// Who said that it is away, and said nothing for so long, has died or reaches it again. Longer
    /// than a message may stay unconfirmed.
    static final Duration FORGOTTEN = Duration.ofSeconds(20);

    private static final System.Logger LOG = System.getLogger(Health.class.getName());
    private static final int MOST_CHARACTERS = 500;
    private static final Duration AGAIN = Duration.ofSeconds(5);

    /// The relay and the sweep have a connection each: while one is cut, the other's word counts
    /// for nothing.
    static final Duration QUIET = Duration.ofSeconds(3);

    /// That a connection is open says little while a broker confirms nothing: who waits in vain for
    /// a confirm says so again within this time.
    static final Duration DOUBT = Duration.ofSeconds(15);

    private final StateStore store;
    private final Events events;
    private final InstantSource clock;
    private final String process;
    private BrokerStatus.State told = BrokerStatus.State.UNUSED;
    private Instant toldAt = Instant.EPOCH;
    private Instant faultAt = Instant.EPOCH;

    /// @param process who tells
    Health(StateStore store, Events events, InstantSource clock, String process) {
        this.store = store;
        this.events = events;
        this.clock = clock;
        this.process = process;
    }

    /// The connection is open. Told again and again: another process may have told that it is away,
    /// and died.
    void up() {
        up(DOUBT);
    }

    /// It has confirmed messages.
    void confirmed() {
        up(QUIET);
    }

    private synchronized void up(Duration quiet) {
        if (clock.instant().isBefore(faultAt.plus(quiet))) {
            return;
        }
        if (told != BrokerStatus.State.UP) {
            LOG.log(INFO, "the broker of the queues answers");
        } else if (clock.instant().isBefore(toldAt.plus(AGAIN))) {
            return;
        }
        store.alongside(this::tellUp);
        told = BrokerStatus.State.UP;
        toldAt = clock.instant();
    }

    /// Told again and again: others would think that this process has died.
    synchronized void away(Exception cause) {
        faultAt = clock.instant();
        if (told != BrokerStatus.State.AWAY) {
            LOG.log(WARNING, "the broker of the queues is away; jobs wait in the database", cause);
        } else if (clock.instant().isBefore(toldAt.plus(AGAIN))) {
            return;
        }
        String why = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        String reason = why.substring(0, Math.min(why.length(), MOST_CHARACTERS));
        try {
            store.alongside(handle -> tellAway(handle, reason));
        } catch (RuntimeException e) {
            // the database is away as well: told with the next fault, and whoever tells goes on
            LOG.log(WARNING, "it could not be told that the broker is away", e);
            return;
        }
        told = BrokerStatus.State.AWAY;
        toldAt = clock.instant();
    }

    private int tellUp(Handle handle) {
        int up = tellItIsUp(handle);
        return up == 1 ? up : tellReached(handle);
    }

    /// Another process has said that it is away.
    private int tellReached(Handle handle) {
        var first =
                telling(
                        handle,
                        """
                        UPDATE broker SET reached_by = :by, reached_at = :now
                        WHERE used = 1 AND state = 'AWAY' AND reached_by IS NULL
                          AND told_by <> :by""");
        if (changed(handle, first) == 1) {
            return 1;
        }
        return telling(
                        handle,
                        """
                        UPDATE broker SET reached_at = :now
                        WHERE state = 'AWAY' AND reached_by = :by""")
                .execute();
    }

    /// It reaches it no more, or has died.
    private void forgetReached(Handle handle) {
        changed(
                handle,
                telling(
                        handle,
                        """
                        UPDATE broker SET reached_by = NULL, reached_at = 0
                        WHERE reached_by = :by OR reached_at > 0 AND reached_at <= :forgotten"""));
    }

    private int tellItIsUp(Handle handle) {
        return changed(
                handle,
                telling(
                        handle,
                        """
                        UPDATE broker SET state = 'UP', since = :now, reason = NULL,
                            told_by = :by, told_at = :now, reached_by = NULL, reached_at = 0
                        WHERE used = 1 AND state = 'AWAY'
                          AND (reason IS NULL OR told_by = :by OR told_at <= :forgotten)"""));
    }

    private int tellAway(Handle handle, String reason) {
        forgetReached(handle);
        var news =
                telling(
                                handle,
                                """
                                UPDATE broker SET state = 'AWAY', reason = :reason, told_by = :by,
                                    since = CASE WHEN state = 'AWAY' THEN since ELSE :now END,
                                    told_at = :now
                                WHERE used = 1 AND (state <> 'AWAY' OR reason IS NULL)""")
                        .bind("reason", reason);
        if (changed(handle, news) == 1) {
            return 1;
        }
        return telling(
                        handle,
                        """
                        UPDATE broker SET told_at = :now, told_by = :by
                        WHERE state = 'AWAY' AND (told_by = :by OR told_at <= :forgotten)""")
                .execute();
    }

    private Update telling(Handle handle, String sql) {
        Instant now = clock.instant();
        return handle.createUpdate(sql)
                .bind("now", now.toEpochMilli())
                .bind("by", process)
                .bind("forgotten", now.minus(FORGOTTEN).toEpochMilli());
    }

    /// Of several processes that find the same one changes the row, and tells it.
    private int changed(Handle handle, Update update) {
        int rows = update.execute();
        if (rows > 0) {
            events.publish(handle, Kind.JOB_BROKER, ID, read(handle, clock.instant()));
        }
        return rows;
    }

    /// That a broker carries jobs from now on.
    void use(String url, Collection<String> beside) {
        String types = String.join(",", beside);
        store.writing(
                handle -> {
                    handle.createUpdate("UPDATE broker SET beside = :types WHERE beside <> :types")
                            .bind("types", types)
                            .execute();
                    changed(
                            handle,
                            telling(
                                            handle,
                                            """
                                            UPDATE broker SET used = 1, url = :url, since = :now,
                                                told_by = :by, told_at = :now, reason = NULL,
                                                reached_by = NULL, reached_at = 0, state = 'AWAY'
                                            WHERE used <> 1 OR url <> :url""")
                                    .bind("url", url));
                });
    }

    /// That none does.
    void unused() {
        store.writing(
                handle -> {
                    handle.execute("DELETE FROM wake_up");
                    int rows =
                            telling(
                                            handle,
                                            """
                                            UPDATE broker SET used = 0, url = '', since = :now,
                                                told_by = '', told_at = :now, reason = NULL,
                                                reached_by = NULL, reached_at = 0,
                                                without_by = NULL, without_at = 0,
                                                state = 'UNUSED'
                                            WHERE used <> 0 OR url <> ''""")
                                    .execute();
                    if (rows > 0) {
                        events.publish(handle, Kind.JOB_BROKER, ID, null);
                    }
                });
    }

    static boolean keepsFromWorkers(Handle handle, String type) {
        return handle.createQuery(
                        "SELECT beside FROM broker WHERE state = 'AWAY' AND reached_by IS NULL")
                .map((row, _) -> types(row.getString("beside")))
                .findOne()
                .filter(beside -> !beside.contains(type))
                .isPresent();
    }

    static BrokerStatus read(Handle handle, Instant now) {
        return handle.createQuery(
                        """
                        SELECT url, state, since, reason, told_by, reached_by, beside, without_by,
                            without_works,
                            (SELECT count(*) FROM wake_up WHERE %1$s) AS waiting,
                            (SELECT min(not_before) FROM wake_up WHERE %1$s) AS oldest
                        FROM broker"""
                                .formatted(Outbox.DUE))
                .bind("now", now.toEpochMilli())
                .map(
                        (row, _) -> {
                            long oldest = row.getLong("oldest");
                            boolean none = row.wasNull();
                            return new BrokerStatus(
                                    BrokerStatus.State.valueOf(row.getString("state")),
                                    row.getString("url"),
                                    Instant.ofEpochMilli(row.getLong("since")),
                                    row.getString("reason"),
                                    row.getLong("waiting"),
                                    none ? null : Instant.ofEpochMilli(oldest),
                                    row.getString("told_by"),
                                    row.getString("reached_by"),
                                    types(row.getString("beside")),
                                    row.getString("without_by"),
                                    row.getInt("without_works") == 1);
                        })
                .one();
    }

    private static List<String> types(String joined) {
        return joined.isEmpty() ? List.of() : List.of(joined.split(",", -1));
    }
}
