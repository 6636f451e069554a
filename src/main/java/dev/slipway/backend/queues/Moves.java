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
    Job act(Handle handle, StoredJob before, JobAct act, String user) {
        String id = before.job().id();
        move(handle, before, act);
        line(handle, before, act, user);
        Job after = Jobs.byId(handle, id).orElseThrow().job();
        events.publish(handle, Kind.JOB, id, after);
        tellGroup(handle, before.job().fingerprint());
        return after;
    }

    private void move(Handle handle, StoredJob before, JobAct act) {
        boolean raise = act == JobAct.RAISE;
        handle.createUpdate(
                        """
                        UPDATE job SET state = :to, changed_at = :now, losses = 0,
                            max_attempts = CASE WHEN :raise THEN attempt + allowance
                                ELSE max_attempts END,
                            run_at = CASE WHEN :raise THEN :now ELSE run_at END,
                            due_at = CASE WHEN :raise THEN :now END,
                            ended_at = CASE WHEN :raise THEN NULL ELSE :now END
                        WHERE seq = :seq AND state IN (<from>)""")
                .bind("to", act.to().name())
                .bindList("from", act.from())
                .bind("now", clock.millis())
                .bind("raise", raise)
                .bind("seq", before.seq())
                .execute();
    }

    private void line(Handle handle, StoredJob job, JobAct act, String user) {
        String what = act == JobAct.RAISE ? "Put back into the queue by " : "Discarded by ";
        new Leases("").line(handle, job, new Leases.Line(clock.instant(), "INFO", what + user));
    }

    /// A group's last job may have left it: then the group is gone.
    private void tellGroup(Handle handle, @Nullable String fingerprint) {
        if (fingerprint != null) {
            FailureGroup group = QueueReads.failure(handle, fingerprint).orElse(null);
            events.publish(handle, Kind.FAILURE_GROUP, fingerprint, group);
        }
    }
}
