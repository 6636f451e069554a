package dev.slipway.backend.queues;

import dev.slipway.api.Page;
import dev.slipway.api.queues.JobLine;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Finds jobs and their logs.
final class Jobs {
    private Jobs() {}

    static Optional<StoredJob> byId(Handle handle, String id) {
        return handle.createQuery("SELECT " + StoredJob.COLUMNS + " FROM job WHERE id = :id")
                .bind("id", id)
                .map(StoredJob::map)
                .findOne();
    }

    /// The job that has the same work to do and has not ended, where there may be only one such.
    static Optional<String> aliveBeside(Handle handle, StoredJob job) {
        return handle.createQuery(
                        """
                        SELECT id FROM job WHERE due_at IS NOT NULL AND seq <> :seq
                            AND alive_key = (SELECT alive_key FROM job WHERE seq = :seq)""")
                .bind("seq", job.seq())
                .mapTo(String.class)
                .findOne();
    }

    /// A job's log in its order.
    static Page<JobLine> log(Handle handle, long job, long after, int limit) {
        List<JobLine> found =
                handle.createQuery(
                                """
                                SELECT seq, at, attempt, level, message FROM job_line
                                WHERE job = :job AND seq > :after ORDER BY seq LIMIT :limit""")
                        .bind("job", job)
                        .bind("after", after)
                        .bind("limit", limit + 1)
                        .map(
                                (row, _) ->
                                        new JobLine(
                                                row.getLong("seq"),
                                                Instant.ofEpochMilli(row.getLong("at")),
                                                row.getInt("attempt"),
                                                row.getString("level"),
                                                row.getString("message")))
                        .list();
        List<JobLine> shown = found.subList(0, Math.min(found.size(), limit));
        String next = found.size() > shown.size() ? "" + shown.getLast().seq() : null;
        return new Page<>(shown, next, null);
    }
}
