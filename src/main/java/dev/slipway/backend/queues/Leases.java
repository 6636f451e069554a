package dev.slipway.backend.queues;

import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.Stop;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The rows of jobs that workers hold. Every write names the claim's number: whoever lost the job
/// changes nothing.
final class Leases {
    private final String worker;
    private final List<String> types;

    /// Of one that changes jobs and runs none.
    Leases(String worker) {
        this(worker, List.of());
    }

    /// @param types of job that the worker runs
    Leases(String worker, Collection<String> types) {
        this.worker = worker;
        this.types = types.stream().sorted().toList();
    }

    /// Keeps a lease alive and writes down how far the work is.
    ///
    /// @param borne whether the workers that died over it before are forgotten
    /// @return the job as it now stands; empty if the lease is lost
    Optional<Job> renew(
            Handle handle, StoredJob held, Instant until, Progress progress, boolean borne) {
        return handle.createQuery(
                        """
                        UPDATE job SET due_at = :until, done = :done, total = :total,
                            losses = CASE WHEN :borne THEN 0 ELSE losses END
                        WHERE seq = :seq AND lease = :lease AND state = 'RUNNING' RETURNING\s"""
                                + StoredJob.COLUMNS)
                .bind("until", until.toEpochMilli())
                .bind("done", progress.done())
                .bind("total", progress.total())
                .bind("borne", borne)
                .bind("seq", held.seq())
                .bind("lease", held.lease())
                .map(StoredJob::map)
                .findOne()
                .map(StoredJob::job);
    }

    /// Writes how a claim ended.
    ///
    /// @param due when a worker may take the job again, or null if it has ended
    /// @return the job as it now stands; empty if the lease was lost and nothing was changed
    Optional<Job> move(Handle handle, StoredJob held, JobAct act, Instant now, Ending ending) {
        return handle.createQuery(
                        """
                        UPDATE job SET state = :to, changed_at = :now, due_at = :due,
                            run_at = coalesce(:due, run_at),
                            ended_at = CASE WHEN :due IS NULL THEN :now END,
                            attempt = attempt - CASE WHEN :to = 'READY' THEN 1 ELSE 0 END,
                            done = :done, total = :total, error = :error, fingerprint = :print
                        WHERE seq = :seq AND lease = :lease AND state IN (<from>)
                        RETURNING\s"""
                                + StoredJob.COLUMNS)
                .bind("to", act.to().name())
                .bindList("from", act.from())
                .bind("now", now.toEpochMilli())
                .bind("due", ending.due == null ? null : ending.due.toEpochMilli())
                .bind("done", ending.progress.done())
                .bind("total", ending.progress.total())
                .bind("error", ending.error)
                .bind("print", ending.fingerprint)
                .bind("seq", held.seq())
                .bind("lease", held.lease())
                .map(StoredJob::map)
                .findOne()
                .map(StoredJob::job);
    }

    /// Who told the job to stop, if someone did since it was claimed.
    static Optional<Stop> stop(Handle handle, StoredJob held) {
        return Jobs.byId(handle, held.job().id()).map(StoredJob::job).map(Job::stop);
    }

    /// Which of these are told to stop.
    static Set<Long> stopping(Handle handle, Collection<Long> seqs) {
        return handle.createQuery(
                        """
                        SELECT seq FROM job
                        WHERE seq IN (<seqs>) AND state = 'RUNNING' AND stop_by IS NOT NULL""")
                .bindList("seqs", seqs)
                .mapTo(Long.class)
                .set();
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

    /// Tells that this worker lives, and what it runs: whoever forgot it learns both again.
    void seen(Handle handle, int threads, Instant now) {
        handle.createUpdate(
                        """
                        INSERT INTO worker (name, threads, seen_at) VALUES (:name, :threads, :now)
                        ON CONFLICT (name) DO UPDATE SET seen_at = excluded.seen_at""")
                .bind("name", worker)
                .bind("threads", threads)
                .bind("now", now.toEpochMilli())
                .execute();
        var batch =
                handle.prepareBatch(
                        """
                        INSERT INTO worker_type (worker, type) VALUES (:name, :type)
                        ON CONFLICT (worker, type) DO NOTHING""");
        types.forEach(type -> batch.bind("name", worker).bind("type", type).add());
        batch.execute();
    }

    void gone(Handle handle) {
        handle.createUpdate("DELETE FROM worker WHERE name = :name").bind("name", worker).execute();
    }

    /// One line of a job's log that is still to be written.
    record Line(Instant at, String level, String message) {}

    /// How far the work is.
    record Progress(long done, long total) {}

    /// @param due when a worker may take the job again, or null if it has ended
    record Ending(
            Progress progress,
            @Nullable Instant due,
            @Nullable String error,
            @Nullable String fingerprint) {}
}
