package dev.slipway.backend.queues;

import dev.slipway.api.queues.Job;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The rows of jobs that workers hold. Every write names the claim's number: whoever lost the job
/// changes nothing.
final class Leases {
    private final String worker;

    Leases(String worker) {
        this.worker = worker;
    }

    /// The queues in which a job of these types waits or was let go by a worker that died.
    List<String> waiting(Handle handle, Collection<String> types, Instant now) {
        return handle.createQuery(
                        """
                        SELECT queue FROM (SELECT DISTINCT queue FROM queue_count) AS q
                        WHERE EXISTS (SELECT 1 FROM job WHERE job.queue = q.queue
                            AND due_at <= :now AND type IN (<types>))
                        ORDER BY queue""")
                .bind("now", now.toEpochMilli())
                .bindList("types", types)
                .mapTo(String.class)
                .list();
    }

    /// Takes the job of a queue that has waited longest. An attempt that a dead worker began is
    /// begun again under its number: it was not the job that failed.
    Optional<StoredJob> claim(
            Handle handle, String queue, Collection<String> types, Instant now, Instant until) {
        return handle.createQuery(
                        "UPDATE job SET state = :to,"
                                + " attempt = attempt + (state <> 'RUNNING'),"
                                + " losses = CASE state WHEN 'RUNNING' THEN losses + 1 ELSE 0 END,"
                                + " lease = lease + 1, worker = :worker, changed_at = :now,"
                                + " started_at = :now, ended_at = NULL, due_at = :until"
                                + " WHERE seq = (SELECT seq FROM job WHERE queue = :queue"
                                + " AND due_at <= :now AND type IN (<types>)"
                                + " ORDER BY due_at, seq LIMIT 1)"
                                + " AND state IN (<from>)"
                                + " RETURNING "
                                + StoredJob.COLUMNS)
                .bind("to", JobAct.CLAIM.to().name())
                .bindList("from", JobAct.CLAIM.from())
                .bind("worker", worker)
                .bind("queue", queue)
                .bindList("types", types)
                .bind("now", now.toEpochMilli())
                .bind("until", until.toEpochMilli())
                .map(StoredJob::map)
                .findOne();
    }

    /// Keeps a lease alive and writes down how far the work is.
    ///
    /// @return false if the lease is lost
    boolean renew(Handle handle, StoredJob held, Instant until, long done, long total) {
        return handle.createUpdate(
                                """
                                UPDATE job SET due_at = :until, done = :done, total = :total
                                WHERE seq = :seq AND lease = :lease AND state = 'RUNNING'""")
                        .bind("until", until.toEpochMilli())
                        .bind("done", done)
                        .bind("total", total)
                        .bind("seq", held.seq())
                        .bind("lease", held.lease())
                        .execute()
                > 0;
    }

    boolean succeed(Handle handle, StoredJob held, Instant now) {
        return move(handle, held, JobAct.SUCCEED, now, null, null, null);
    }

    /// Gives the job back as it was before the claim.
    boolean handBack(Handle handle, StoredJob held, Instant now) {
        Job job = held.job();
        return move(handle, held, JobAct.HAND_BACK, now, now, job.error(), job.fingerprint());
    }

    boolean backOff(
            Handle handle, StoredJob held, Instant now, Instant again, String error, String print) {
        return move(handle, held, JobAct.BACK_OFF, now, again, error, print);
    }

    boolean bury(Handle handle, StoredJob held, Instant now, String error, String print) {
        return move(handle, held, JobAct.BURY, now, null, error, print);
    }

    void line(Handle handle, StoredJob held, Line line) {
        handle.createUpdate(
                        """
                        INSERT INTO job_line (job, at, attempt, level, message)
                        VALUES (:job, :at, :attempt, :level, :message)""")
                .bind("job", held.seq())
                .bind("at", line.at().toEpochMilli())
                .bind("attempt", held.job().attempt())
                .bind("level", line.level())
                .bind("message", line.message())
                .execute();
    }

    /// Tells that this worker lives.
    void seen(Handle handle, int threads, Instant now) {
        handle.createUpdate(
                        """
                        INSERT INTO worker (name, threads, seen_at) VALUES (:name, :threads, :now)
                        ON CONFLICT (name) DO UPDATE SET seen_at = excluded.seen_at""")
                .bind("name", worker)
                .bind("threads", threads)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    void gone(Handle handle) {
        handle.createUpdate("DELETE FROM worker WHERE name = :name").bind("name", worker).execute();
    }

    /// @param due when a worker may take it again, or null if the job has ended
    private static boolean move(
            Handle handle,
            StoredJob held,
            JobAct act,
            Instant now,
            @Nullable Instant due,
            @Nullable String error,
            @Nullable String print) {
        return handle.createUpdate(
                                """
                                UPDATE job SET state = :to, changed_at = :now, due_at = :due,
                                    run_at = coalesce(:due, run_at),
                                    ended_at = CASE WHEN :due IS NULL THEN :now END,
                                    attempt = attempt - (:to = 'READY'),
                                    error = :error, fingerprint = :print
                                WHERE seq = :seq AND lease = :lease AND state IN (<from>)""")
                        .bind("to", act.to().name())
                        .bindList("from", act.from())
                        .bind("now", now.toEpochMilli())
                        .bind("due", due == null ? null : due.toEpochMilli())
                        .bind("error", error)
                        .bind("print", print)
                        .bind("seq", held.seq())
                        .bind("lease", held.lease())
                        .execute()
                > 0;
    }

    /// One line of a job's log that is still to be written.
    record Line(Instant at, String level, String message) {}
}
