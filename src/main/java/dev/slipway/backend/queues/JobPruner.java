package dev.slipway.backend.queues;

import dev.slipway.api.events.Kind;
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Forgets jobs that succeeded or were given up long ago, a bounded number at a time. Their keys
/// are kept: work that was done once is not done again because no one remembers it, nor is what
/// someone gave up, unless it is wanted again.
final class JobPruner {
    static final int AT_ONCE = 500;

    /// By an index of its own for each state: what is not old is not looked at.
    static final String OLD =
            """
            SELECT id FROM job WHERE state = 'SUCCEEDED' AND ended_at < :before
            ORDER BY ended_at, seq LIMIT :limit""";

    static final String OLD_GIVEN_UP = OLD.replace("SUCCEEDED", "DISCARDED");

    /// The rest is for the next time.
    private static final Duration MOST_TIME = Duration.ofSeconds(20);

    private static final Duration RATES_KEPT = Duration.ofHours(1);
    private static final Duration WORKERS_KEPT = Duration.ofDays(1);

    private final StateStore store;
    private final Events events;
    private final InstantSource clock;
    private final Duration keep;

    JobPruner(StateStore store, Events events, InstantSource clock, Duration keep) {
        this.store = store;
        this.events = events;
        this.clock = clock;
        this.keep = keep;
    }

    /// Forgets what is old by now, so much at once that others can write in between.
    void prune() {
        Instant now = clock.instant();
        Instant before = now.minus(keep);
        long deadline = System.nanoTime() + MOST_TIME.toNanos();
        prune(OLD, before, deadline);
        prune(OLD_GIVEN_UP, before, deadline);
        store.alongside(handle -> figures(handle, now));
    }

    private void prune(String which, Instant before, long deadline) {
        List<String> old;
        do {
            old = store.read(handle -> old(handle, which, before));
            if (!old.isEmpty()) {
                List<String> found = old;
                store.alone(handle -> forget(handle, found));
            }
        } while (old.size() == AT_ONCE && System.nanoTime() < deadline);
    }

    /// Called while no other write runs: a job's key must not be out of sight between its row and
    /// the list of keys.
    ///
    /// @param old jobs that have ended. One that was given up may have been put back since: it
    ///   stays
    private int forget(Handle handle, List<String> old) {
        handle.createUpdate(
                        """
                        INSERT INTO job_key (unique_key, id, given_up)
                        SELECT unique_key, id, CASE state WHEN 'DISCARDED' THEN 1 ELSE 0 END
                        FROM job WHERE id IN (<ids>) AND state IN ('SUCCEEDED', 'DISCARDED')""")
                .bindList("ids", old)
                .execute();
        List<String> gone =
                handle.createQuery(
                                """
                                DELETE FROM job WHERE id IN (<ids>)
                                AND state IN ('SUCCEEDED', 'DISCARDED') RETURNING id""")
                        .bindList("ids", old)
                        .mapTo(String.class)
                        .list();
        gone.forEach(id -> events.publish(handle, Kind.JOB, id, null));
        return gone.size();
    }

    private static int figures(Handle handle, Instant now) {
        int rates =
                handle.createUpdate("DELETE FROM queue_rate WHERE slot < :slot")
                        .bind("slot", now.minus(RATES_KEPT).toEpochMilli() / 10_000)
                        .execute();
        return rates
                + handle.createUpdate("DELETE FROM worker WHERE seen_at < :seen")
                        .bind("seen", now.minus(WORKERS_KEPT).toEpochMilli())
                        .execute();
    }

    private static List<String> old(Handle handle, String which, Instant before) {
        return handle.createQuery(which)
                .bind("before", before.toEpochMilli())
                .bind("limit", AT_ONCE)
                .mapTo(String.class)
                .list();
    }
}
