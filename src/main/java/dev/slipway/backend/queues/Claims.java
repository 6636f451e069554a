package dev.slipway.backend.queues;

import dev.slipway.api.queues.JobState;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Takes jobs from their lanes: a lane is a queue, a type and a priority. What is paused gives no
/// job, and of a type with a limit no more run than that, whoever claims at the same moment.
final class Claims {
    private static final String HEADS =
            """
            SELECT h.queue, h.type, h.priority, h.due, h.most FROM (
                SELECT l.queue, l.type, l.priority,
                    (SELECT most FROM job_limit WHERE job_limit.type = l.type) AS most,
                    (SELECT due_at FROM job WHERE job.queue = l.queue AND job.type = l.type
                        AND job.priority = l.priority AND due_at <= :now
                        ORDER BY due_at, seq LIMIT 1) AS due
                FROM job_lane AS l WHERE l.type IN (<types>) AND\s"""
                    + Lanes.notHeld("l")
                    + " AND "
                    + Lanes.notFull("l")
                    + ") AS h WHERE h.due IS NOT NULL ORDER BY h.queue, h.priority, h.due, h.type";

    private static final String OF_LANE =
            "queue = :queue AND type = :type AND priority = :priority AND due_at <= :now";

    /// An attempt that a dead worker began is begun again under its number: it was not the job that
    /// failed.
    private static final String TAKE =
            """
            UPDATE job SET state = :to,
                attempt = attempt + CASE state WHEN 'RUNNING' THEN 0 ELSE 1 END,
                losses = CASE state WHEN 'RUNNING' THEN losses + 1 ELSE 0 END,
                lease = lease + 1, worker = :worker, changed_at = :now,
                started_at = :now, ended_at = NULL, due_at = :until
            WHERE seq = (%s) AND due_at <= :now AND state IN (<from>) AND\s"""
                    + Lanes.notHeld("job")
                    + " RETURNING "
                    + StoredJob.COLUMNS;

    private final String worker;
    private final Attempts attempts = new Attempts();

    Claims(String worker) {
        this.worker = worker;
    }

    /// The lanes in which a job of these types may be taken now.
    List<Head> heads(Handle handle, Collection<String> types, Instant now) {
        return handle.createQuery(HEADS)
                .bind("now", now.toEpochMilli())
                .bindList("types", types)
                .map(
                        (row, _) ->
                                new Head(
                                        row.getString("queue"),
                                        row.getString("type"),
                                        row.getInt("priority"),
                                        row.getLong("due"),
                                        row.getObject("most") != null))
                .list();
    }

    /// Takes the job of a lane that has waited longest, if there still is one.
    Optional<StoredJob> take(Handle handle, Head head, Instant now, Instant until) {
        String of = OF_LANE;
        if (head.limited && full(handle, head.type, now)) {
            // only in place of one whose worker died
            if (living(handle, head.type, now)) {
                return Optional.empty();
            }
            of =
                    "type = :type AND state = 'RUNNING' AND due_at <= :now AND "
                            + Lanes.notHeld("job");
        }
        String first =
                "SELECT seq FROM job WHERE " + of + " ORDER BY due_at, seq LIMIT 1 <skip_locked>";
        Optional<StoredJob> taken =
                handle.createQuery(TAKE.formatted(first))
                        .bind("to", JobAct.CLAIM.to().name())
                        .bindList("from", JobAct.CLAIM.from())
                        .bind("worker", worker)
                        .bind("queue", head.queue)
                        .bind("type", head.type)
                        .bind("priority", head.priority)
                        .bind("now", now.toEpochMilli())
                        .bind("until", until.toEpochMilli())
                        .map(StoredJob::map)
                        .findOne();
        taken.ifPresent(job -> attempts.begin(handle, job, worker, now));
        return taken;
    }

    /// Takes one job, that a broker named for example.
    ///
    /// @return empty if it is not due, is paused, or its type's limit is reached
    Optional<StoredJob> take(Handle handle, String id, Instant now, Instant until) {
        return Jobs.byId(handle, id)
                .filter(job -> JobAct.CLAIM.allowedFrom(job.job().state()))
                .filter(job -> room(handle, job, now))
                .flatMap(job -> take(handle, job.seq(), now, until));
    }

    private Optional<StoredJob> take(Handle handle, long seq, Instant now, Instant until) {
        Optional<StoredJob> taken =
                handle.createQuery(TAKE.formatted(":seq"))
                        .bind("to", JobAct.CLAIM.to().name())
                        .bindList("from", JobAct.CLAIM.from())
                        .bind("worker", worker)
                        .bind("seq", seq)
                        .bind("now", now.toEpochMilli())
                        .bind("until", until.toEpochMilli())
                        .map(StoredJob::map)
                        .findOne();
        taken.ifPresent(job -> attempts.begin(handle, job, worker, now));
        return taken;
    }

    private static boolean room(Handle handle, StoredJob job, Instant now) {
        String type = job.job().type();
        return !full(handle, type, now)
                || job.job().state() == JobState.RUNNING && !living(handle, type, now);
    }

    /// Whether as many of a type run as may. A dead worker's job counts until it is taken over, but
    /// not while its queue is paused, for then no one takes it over. From here to the end of the
    /// transaction no one else takes a job of the type: the limit's row is written, which locks it.
    private static boolean full(Handle handle, String type, Instant now) {
        @Nullable Integer most =
                handle.createQuery(
                                """
                                UPDATE job_limit SET takes = takes + 1 WHERE type = :type
                                RETURNING most""")
                        .bind("type", type)
                        .mapTo(Integer.class)
                        .findOne()
                        .orElse(null);
        return most != null && running(handle, type, " OR " + Lanes.notHeld("job"), now) >= most;
    }

    /// Whether so many hold a living lease.
    private static boolean living(Handle handle, String type, Instant now) {
        long most =
                handle.createQuery("SELECT most FROM job_limit WHERE type = :type")
                        .bind("type", type)
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(Long.MAX_VALUE);
        return running(handle, type, "", now) >= most;
    }

    /// @param others which count besides those with a living lease
    private static long running(Handle handle, String type, String others, Instant now) {
        return handle.createQuery(
                        "SELECT count(*) FROM job WHERE type = :type AND state = 'RUNNING'"
                                + " AND (due_at > :now"
                                + others
                                + ")")
                .bind("type", type)
                .bind("now", now.toEpochMilli())
                .mapTo(Long.class)
                .one();
    }

    /// A lane in which a job waits.
    ///
    /// @param due since when the first of it waits
    /// @param limited whether its type has a limit
    record Head(String queue, String type, int priority, long due, boolean limited) {}
}
