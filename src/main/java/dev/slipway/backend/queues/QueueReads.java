package dev.slipway.backend.queues;

import dev.slipway.api.queues.FailureGroup;
import dev.slipway.api.queues.QueueStatus;

import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Queues and failures at a glance. The figures come from counts that triggers keep: a glance costs
/// the same over a million jobs.
final class QueueReads {
    private static final long SLOT = 10_000;
    private static final Duration RATE_OVER = Duration.ofMinutes(5);

    /// A worker on demand is started for a job that waits: until it is there nothing is wrong.
    private static final Duration TO_BEGIN = Duration.ofSeconds(15);

    private final Duration lease;

    /// @param lease a worker that gave no sign for longer is not counted; one of an earlier
    ///   version, that does not say what it runs, is taken to run everything
    QueueReads(Duration lease) {
        this.lease = lease;
    }

    List<QueueStatus> statuses(Handle handle, Instant now) {
        long slot = now.toEpochMilli() / SLOT;
        return handle.createQuery(
                        """
                        SELECT q.queue,
                            (SELECT count(*) FROM worker AS w WHERE seen_at >= :seen
                                AND (NOT EXISTS (SELECT 1 FROM worker_type AS t
                                        WHERE t.worker = w.name)
                                    OR EXISTS (SELECT 1 FROM worker_type AS t
                                        JOIN job_lane AS l ON l.type = t.type
                                        WHERE t.worker = w.name AND l.queue = q.queue))) AS workers,
                            (SELECT min(l.type) FROM job_lane AS l
                                WHERE l.queue = q.queue
                                AND EXISTS (SELECT 1 FROM job WHERE job.queue = l.queue
                                    AND job.type = l.type AND job.priority = l.priority
                                    AND due_at <= :late)
                                AND NOT EXISTS (SELECT 1 FROM worker AS w WHERE seen_at >= :seen
                                    AND (NOT EXISTS (SELECT 1 FROM worker_type AS t
                                            WHERE t.worker = w.name)
                                        OR EXISTS (SELECT 1 FROM worker_type AS t
                                            WHERE t.worker = w.name
                                                AND t.type = l.type)))) AS unserved,
                            coalesce(sum(jobs) FILTER (WHERE state = 'READY'), 0) AS ready,
                            coalesce(sum(jobs) FILTER (WHERE state = 'RUNNING'), 0) AS running,
                            coalesce(sum(jobs) FILTER (WHERE state = 'RETRYING'), 0) AS retrying,
                            coalesce(sum(jobs) FILTER (WHERE state = 'DEAD'), 0) AS dead,
                            (SELECT min((SELECT due_at FROM job WHERE job.queue = l.queue
                                    AND job.type = l.type AND job.priority = l.priority
                                    AND due_at <= :now ORDER BY due_at, seq LIMIT 1))
                                FROM job_lane AS l WHERE l.queue = q.queue) AS oldest,
                            (SELECT coalesce(sum(enqueued), 0) FROM queue_rate AS r
                                WHERE r.queue = q.queue AND slot > :from) AS enqueued,
                            (SELECT coalesce(sum(succeeded), 0) FROM queue_rate AS r
                                WHERE r.queue = q.queue AND slot > :from) AS succeeded,
                            (SELECT coalesce(sum(failed), 0) FROM queue_rate AS r
                                WHERE r.queue = q.queue AND slot > :from) AS failed
                        FROM queue_count AS q GROUP BY q.queue ORDER BY q.queue""")
                .bind("seen", now.minus(lease).toEpochMilli())
                .bind("late", now.minus(TO_BEGIN).toEpochMilli())
                .bind("now", now.toEpochMilli())
                .bind("from", slot - RATE_OVER.toMillis() / SLOT)
                .map((row, _) -> status(row))
                .list();
    }

    private static QueueStatus status(ResultSet row) throws SQLException {
        long oldest = row.getLong("oldest");
        boolean noneWaits = row.wasNull();
        return new QueueStatus(
                row.getString("queue"),
                row.getLong("ready"),
                row.getLong("running"),
                row.getLong("retrying"),
                row.getLong("dead"),
                noneWaits ? null : Instant.ofEpochMilli(oldest),
                perMinute(row.getLong("enqueued")),
                perMinute(row.getLong("succeeded")),
                perMinute(row.getLong("failed")),
                row.getInt("workers"),
                row.getString("unserved"));
    }

    private static double perMinute(long count) {
        return (double) count / RATE_OVER.toMinutes();
    }

    /// Groups of dead jobs, those that failed last first.
    List<FailureGroup> failures(Handle handle, int limit, int offset) {
        return handle.createQuery(
                        """
                        SELECT * FROM failure_group
                        ORDER BY last_at DESC, fingerprint LIMIT :limit OFFSET :offset""")
                .bind("limit", limit)
                .bind("offset", offset)
                .map((row, _) -> group(row))
                .list();
    }

    long failureCount(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM failure_group").mapTo(Long.class).one();
    }

    static Optional<FailureGroup> failure(Handle handle, String fingerprint) {
        return handle.createQuery("SELECT * FROM failure_group WHERE fingerprint = :print")
                .bind("print", fingerprint)
                .map((row, _) -> group(row))
                .findOne();
    }

    private static FailureGroup group(ResultSet row) throws SQLException {
        return new FailureGroup(
                row.getString("fingerprint"),
                row.getString("queue"),
                row.getString("type"),
                row.getString("message"),
                row.getLong("jobs"),
                Instant.ofEpochMilli(row.getLong("first_at")),
                Instant.ofEpochMilli(row.getLong("last_at")));
    }
}
