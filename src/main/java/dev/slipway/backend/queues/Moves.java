package dev.slipway.backend.queues;

import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.FailureGroup;
import dev.slipway.api.queues.Job;
import dev.slipway.backend.store.Events;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.InstantSource;

/// What people do with a job: put it back, or give it up. Everyone is told in the same transaction.
final class Moves {
    private final Events events;
    private final InstantSource clock;

    Moves(Events events, InstantSource clock) {
        this.events = events;
        this.clock = clock;
    }

    /// @param act one that the job's state allows
    /// @return the job as it now stands
    Job act(Handle handle, StoredJob before, JobAct act, String user, String reason) {
        String id = before.job().id();
        if (act == JobAct.CANCEL) {
            cancel(handle, before, user, reason);
        } else {
            move(handle, before, act, user, reason);
        }
        line(handle, before, act, user, reason);
        Job after = Jobs.byId(handle, id).orElseThrow().job();
        events.publish(handle, Kind.JOB, id, after);
        tellGroup(handle, before.job().fingerprint());
        return after;
    }

    /// Its worker sees it within a second and ends the job when its handler has stopped.
    private void cancel(Handle handle, StoredJob before, String user, String reason) {
        handle.createUpdate(
                        """
                        UPDATE job SET stop_by = :user, stop_reason = :reason, stop_at = :now,
                            changed_at = :now
                        WHERE seq = :seq AND state IN (<from>) AND stop_by IS NULL""")
                .bindList("from", JobAct.CANCEL.from())
                .bind("user", user)
                .bind("reason", reason)
                .bind("now", clock.millis())
                .bind("seq", before.seq())
                .execute();
    }

    private void move(Handle handle, StoredJob before, JobAct act, String user, String reason) {
        boolean raise = act == JobAct.RAISE;
        handle.createUpdate(
                        """
                        UPDATE job SET state = :to, changed_at = :now, losses = 0,
                            max_attempts = CASE WHEN :raise THEN attempt + allowance
                                ELSE max_attempts END,
                            run_at = CASE WHEN :raise THEN :now ELSE run_at END,
                            due_at = CASE WHEN :raise THEN :now END,
                            ended_at = CASE WHEN :raise THEN NULL ELSE :now END,
                            stop_by = CASE WHEN :raise THEN NULL ELSE :user END,
                            stop_reason = CASE WHEN :raise THEN NULL ELSE :reason END,
                            stop_at = CASE WHEN :raise THEN NULL ELSE :now END
                        WHERE seq = :seq AND state IN (<from>)""")
                .bind("to", act.to().name())
                .bindList("from", act.from())
                .bind("now", clock.millis())
                .bind("raise", raise)
                .bind("user", user)
                .bind("reason", reason)
                .bind("seq", before.seq())
                .execute();
    }

    private void line(Handle handle, StoredJob job, JobAct act, String user, String reason) {
        String what =
                switch (act) {
                    case RAISE -> "Put back into the queue by ";
                    case CANCEL -> "Told to stop by ";
                    default -> "Discarded by ";
                };
        String why = reason.isBlank() ? "" : ": " + reason;
        new Leases("")
                .line(handle, job, new Leases.Line(clock.instant(), "INFO", what + user + why));
    }

    /// A group's last job may have left it: then the group is gone.
    private void tellGroup(Handle handle, @Nullable String fingerprint) {
        if (fingerprint != null) {
            FailureGroup group = QueueReads.failure(handle, fingerprint).orElse(null);
            events.publish(handle, Kind.FAILURE_GROUP, fingerprint, group);
        }
    }
}
