package dev.slipway.backend.queues;

import dev.slipway.api.events.Kind;
import dev.slipway.backend.store.Events;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Forgets jobs that succeeded long ago, a bounded number at a time. Their keys are kept: work that
/// was done once is not done again because no one remembers it.
final class JobPruner {
    static final int AT_ONCE = 500;

    private static final Duration RATES_KEPT = Duration.ofHours(1);
    private static final Duration WORKERS_KEPT = Duration.ofDays(1);

    private final Events events;
    private final Duration keep;

    JobPruner(Events events, Duration keep) {
        this.events = events;
        this.keep = keep;
    }

    /// Called while no other write runs: a job's key must not be out of sight between its row and
    /// the list of keys.
    ///
    /// @return how many jobs were forgotten
    int prune(Handle handle, Instant now) {
        List<String> old = old(handle, now.minus(keep));
        if (!old.isEmpty()) {
            handle.createUpdate(
                            """
                            INSERT INTO job_key (unique_key, id)
                            SELECT unique_key, id FROM job WHERE id IN (<ids>)""")
                    .bindList("ids", old)
                    .execute();
            handle.createUpdate("DELETE FROM job WHERE id IN (<ids>)")
                    .bindList("ids", old)
                    .execute();
            old.forEach(id -> events.publish(handle, Kind.JOB, id, null));
        }
        handle.createUpdate("DELETE FROM queue_rate WHERE slot < :slot")
                .bind("slot", now.minus(RATES_KEPT).toEpochMilli() / 10_000)
                .execute();
        handle.createUpdate("DELETE FROM worker WHERE seen_at < :seen")
                .bind("seen", now.minus(WORKERS_KEPT).toEpochMilli())
                .execute();
        return old.size();
    }

    /// The jobs published first have mostly ended first: few rows are looked at in vain.
    private static List<String> old(Handle handle, Instant before) {
        return handle.createQuery(
                        """
                        SELECT id FROM job WHERE state = 'SUCCEEDED' AND ended_at < :before
                        ORDER BY seq LIMIT :limit""")
                .bind("before", before.toEpochMilli())
                .bind("limit", AT_ONCE)
                .mapTo(String.class)
                .list();
    }
}
