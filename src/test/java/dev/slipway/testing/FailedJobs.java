package dev.slipway.testing;

import dev.slipway.backend.store.StateStore;

import java.time.Instant;

/// Failed jobs, put into a state database by SQL: a million in a minute. Job `i` of a lot failed `i`
/// milliseconds after the lot's begin; its subject is `NAME i`, its error names it as well, its
/// payload is `{"n": i}`.
public final class FailedJobs {
    private FailedJobs() {}

    /// @param name begins the ids, keys and subjects of the lot
    public static void add(StateStore store, Lot lot) {
        store.writing(
                handle -> {
                    handle.createUpdate(
                                    """
                                    WITH RECURSIVE n(i) AS (
                                        SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :jobs)
                                    INSERT INTO job (id, unique_key, queue, type, subject, payload,
                                        state, attempt, max_attempts, allowance, created_at,
                                        changed_at, run_at, started_at, ended_at, worker, error,
                                        fingerprint)
                                    SELECT :name || '-' || i, :name || '-' || i, :queue, :type,
                                        :name || ' ' || i, '{"n":' || i || '}',
                                        'DEAD', 1, 1, 1, :at + i, :at + i, :at + i, :at + i,
                                        :at + i, 'w', 'RuntimeException: no answer for ' || i,
                                        :print
                                    FROM n""")
                            .bind("jobs", lot.jobs)
                            .bind("name", lot.name)
                            .bind("queue", lot.queue)
                            .bind("type", lot.type)
                            .bind("at", lot.begin.toEpochMilli())
                            .bind("print", lot.fingerprint)
                            .execute();
                    handle.createUpdate(
                                    """
                                    INSERT INTO failure_group (fingerprint, queue, type, message,
                                        jobs, first_at, last_at)
                                    VALUES (:print, :queue, :type, 'no answer for ?', :jobs,
                                        :at, :at + :jobs)
                                    ON CONFLICT (fingerprint) DO UPDATE
                                        SET jobs = failure_group.jobs + excluded.jobs""")
                            .bind("jobs", lot.jobs)
                            .bind("queue", lot.queue)
                            .bind("type", lot.type)
                            .bind("at", lot.begin.toEpochMilli())
                            .bind("print", lot.fingerprint)
                            .execute();
                });
    }

    /// Some jobs that failed alike.
    public record Lot(
            String name,
            int jobs,
            String queue,
            String type,
            String fingerprint,
            Instant begin) {}
}
