package dev.slipway.testing;

import dev.slipway.backend.store.StateStore;

import java.time.Instant;

/// Failed jobs, put into a state database by SQL: a million in a minute. Job `i` of a lot failed
/// `i` milliseconds after the lot's begin; its subject is `NAME i`, its error names it as well, its
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
                                        changed_at, run_at, started_at, due_at, worker, error,
                                        fingerprint)
                                    SELECT cast(:name AS TEXT) || '-' || i,
                                        cast(:name AS TEXT) || '-' || i, :queue, :type,
                                        cast(:name AS TEXT) || ' ' || i, '{"n":' || i || '}',
                                        'RUNNING', 1, 1, 1, :at + i, :at + i, :at + i, :at + i,
                                        :at + i, :lot, 'RuntimeException: no answer for ' || i,
                                        :print
                                    FROM n""")
                            .bind("jobs", lot.jobs)
                            .bind("name", lot.name)
                            .bind("queue", lot.queue)
                            .bind("type", lot.type)
                            .bind("at", lot.begin.toEpochMilli())
                            .bind("lot", "lot-" + lot.name)
                            .bind("print", lot.fingerprint)
                            .execute();
                    // they fail as jobs do, so that what counts them counts them
                    handle.createUpdate(
                                    """
                                    UPDATE job SET state = 'DEAD', due_at = NULL,
                                        ended_at = changed_at
                                    WHERE state = 'RUNNING' AND worker = :lot""")
                            .bind("lot", "lot-" + lot.name)
                            .execute();
                });
    }

    /// Some jobs that failed alike.
    public record Lot(
            String name, int jobs, String queue, String type, String fingerprint, Instant begin) {}
}
