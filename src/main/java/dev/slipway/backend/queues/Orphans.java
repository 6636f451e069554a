package dev.slipway.backend.queues;

import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.Job;
import dev.slipway.backend.queues.Leases.Ending;
import dev.slipway.backend.queues.Leases.Line;
import dev.slipway.backend.queues.Leases.Progress;
import dev.slipway.backend.store.Events;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.List;

/// Jobs that were told to stop and whose worker died before it could: no other worker need take
/// them over to end them.
final class Orphans {
    private static final int AT_ONCE = 100;

    private final Events events;
    private final Leases leases = new Leases("");
    private final Attempts attempts = new Attempts();

    Orphans(Events events) {
        this.events = events;
    }

    List<StoredJob> find(Handle handle, Instant now) {
        return handle.createQuery(
                        "SELECT "
                                + StoredJob.COLUMNS
                                + " FROM job WHERE state = 'RUNNING' AND stop_by IS NOT NULL"
                                + " AND due_at <= :now ORDER BY due_at, seq LIMIT :limit")
                .bind("now", now.toEpochMilli())
                .bind("limit", AT_ONCE)
                .map(StoredJob::map)
                .list();
    }

    void end(Handle handle, StoredJob held, Instant now) {
        Job job = held.job();
        var ending =
                new Ending(
                        new Progress(job.done(), job.total()),
                        null,
                        job.error(),
                        job.fingerprint());
        leases.move(handle, held, JobAct.DISCARD, now, ending)
                .ifPresent(
                        after -> {
                            attempts.closeLost(handle, held.seq(), held.lease(), now);
                            var line = "Its worker stopped answering; it is not run again.";
                            leases.line(handle, held, new Line(now, "WARNING", line));
                            events.publish(handle, Kind.JOB, after.id(), after);
                        });
    }
}
