package dev.slipway.backend.queues.dispatch;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.slipway.api.queues.BrokerStatus;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// How the broker stands, in one row that every process may read.
final class Health {
    private static final System.Logger LOG = System.getLogger(Health.class.getName());
    private static final int MOST_CHARACTERS = 500;
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final StateStore store;
    private final InstantSource clock;
    private final String process;
    private BrokerStatus.State told = BrokerStatus.State.UNUSED;
    private Instant toldAt = Instant.EPOCH;

    /// @param process who tells
    Health(StateStore store, InstantSource clock, String process) {
        this.store = store;
        this.clock = clock;
        this.process = process;
    }

    /// Told again and again: another process may have told that it is away, and died.
    synchronized void up() {
        if (told != BrokerStatus.State.UP) {
            LOG.log(INFO, "the broker of the queues answers");
            tell(BrokerStatus.State.UP, null);
        } else if (!clock.instant().isBefore(toldAt.plus(AGAIN))) {
            tell(BrokerStatus.State.UP, null);
        }
    }

    synchronized void away(Exception cause) {
        if (told != BrokerStatus.State.AWAY) {
            LOG.log(WARNING, "the broker of the queues is away; jobs wait in the database", cause);
            String why = cause.getClass().getSimpleName() + ": " + cause.getMessage();
            tell(
                    BrokerStatus.State.AWAY,
                    why.substring(0, Math.min(why.length(), MOST_CHARACTERS)));
        }
    }

    private void tell(BrokerStatus.State state, @org.jspecify.annotations.Nullable String reason) {
        store.alongside(
                handle ->
                        handle.createUpdate(
                                        """
                                        UPDATE broker SET state = :state, since = :now,
                                            reason = cast(:reason AS TEXT), told_by = :by
                                        WHERE state <> :state""")
                                .bind("state", state.name())
                                .bind("now", clock.millis())
                                .bind("reason", reason)
                                .bind("by", process)
                                .execute());
        told = state;
        toldAt = clock.instant();
    }

    /// That a broker carries jobs from now on, or none does.
    static int use(Handle handle, boolean used, String url, Instant now) {
        if (!used) {
            handle.execute("DELETE FROM wake_up");
        }
        return handle.createUpdate(
                        """
                        UPDATE broker SET used = :used, url = :url, since = :now, told_by = '',
                            reason = NULL, state = :state WHERE used <> :used OR url <> :url""")
                .bind("used", used ? 1 : 0)
                .bind("url", url)
                .bind("now", now.toEpochMilli())
                .bind("state", (used ? BrokerStatus.State.AWAY : BrokerStatus.State.UNUSED).name())
                .execute();
    }

    static BrokerStatus read(Handle handle, Instant now) {
        return handle.createQuery(
                        """
                        SELECT url, state, since, reason,
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
                                    none ? null : Instant.ofEpochMilli(oldest));
                        })
                .one();
    }
}
