package dev.slipway.backend.queues.dispatch;

import dev.slipway.api.events.Kind;
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Which processes use the broker and which do without it. Whether jobs are handed to it stands in
/// one row for all: as long as one that uses it lives, none that does without may turn it off.
final class BrokerUsers {
    /// How often each says so.
    static final Duration EVERY = Duration.ofSeconds(5);

    /// Who said nothing for so long has died, or is gone.
    static final Duration FORGOTTEN = Duration.ofSeconds(30);

    private final StateStore store;
    private final Events events;
    private final InstantSource clock;
    private final String process;

    /// @param process who tells
    BrokerUsers(StateStore store, Events events, InstantSource clock, String process) {
        this.store = store;
        this.events = events;
        this.clock = clock;
        this.process = process;
    }

    /// Whether jobs are handed to it.
    boolean isOn() {
        return store.read(
                handle ->
                        handle.createQuery("SELECT count(*) FROM broker WHERE used = 1")
                                .mapTo(Boolean.class)
                                .one());
    }

    /// This process uses it.
    ///
    /// @return false if it was turned off meanwhile
    boolean uses() {
        Instant now = clock.instant();
        return store.alongside(
                handle -> {
                    int forgot =
                            handle.createUpdate(
                                            """
                                            UPDATE broker SET without_by = NULL, without_at = 0
                                            WHERE without_by IS NOT NULL
                                              AND without_at <= :forgotten""")
                                    .bind("forgotten", forgotten(now))
                                    .execute();
                    tell(handle, forgot, now);
                    return handle.createUpdate("UPDATE broker SET used_at = :now WHERE used = 1")
                                    .bind("now", now.toEpochMilli())
                                    .execute()
                            == 1;
                });
    }

    /// This process uses it no more. Others that do say so again.
    void leaves() {
        store.alongside(handle -> handle.execute("UPDATE broker SET used_at = 0"));
    }

    /// This process does without it.
    ///
    /// @param works whether it is a worker and no backend
    /// @return whether others use it; then they are told that this one does not
    boolean doesWithout(boolean works) {
        Instant now = clock.instant();
        return store.write(
                handle -> {
                    int news =
                            handle.createUpdate(
                                            """
                                            UPDATE broker SET without_by = :by, without_at = :now,
                                              without_works = :works
                                            WHERE used = 1 AND used_at > :forgotten
                                              AND (without_by IS NULL
                                                OR without_at <= :forgotten)""")
                                    .bind("by", process)
                                    .bind("works", works ? 1 : 0)
                                    .bind("now", now.toEpochMilli())
                                    .bind("forgotten", forgotten(now))
                                    .execute();
                    tell(handle, news, now);
                    handle.createUpdate(
                                    """
                                    UPDATE broker SET without_at = :now
                                    WHERE without_by = :by AND used_at > :forgotten""")
                            .bind("by", process)
                            .bind("now", now.toEpochMilli())
                            .bind("forgotten", forgotten(now))
                            .execute();
                    return handle.createQuery(
                                    """
                                    SELECT count(*) FROM broker
                                    WHERE used = 1 AND used_at > :forgotten""")
                            .bind("forgotten", forgotten(now))
                            .mapTo(Boolean.class)
                            .one();
                });
    }

    private void tell(Handle handle, int rows, Instant now) {
        if (rows > 0) {
            events.publish(handle, Kind.JOB_BROKER, Health.ID, Health.read(handle, now));
        }
    }

    private static long forgotten(Instant now) {
        return now.minus(FORGOTTEN).toEpochMilli();
    }
}
