package dev.slipway.backend.queues;

import dev.slipway.api.queues.RepairAct;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// Does one act to many failed jobs in the caller's transaction. A job that is no longer failed,
/// for someone was faster, is left alone; so is one whose work is on its way as another job, and of
/// several that may not be under way together all but the newest.
public final class Raising {
    private final RepairAct act;
    private final @Nullable String target;
    private final long mark;
    private final String by;
    private final String reason;
    private final String line;

    /// @param target the queue to move to; null for any other act
    /// @param mark the repair's number, which the jobs keep
    /// @param by who wants it, for the jobs' logs
    /// @param reason why; may be empty
    public Raising(RepairAct act, @Nullable String target, long mark, String by, String reason) {
        this.act = act;
        this.target = target;
        this.mark = mark;
        this.by = by;
        this.reason = reason;
        this.line =
                switch (act) {
                    case RETRY -> "Put back into the queue by a repair of " + by;
                    case DISCARD -> "Discarded by a repair of " + by;
                    case MOVE -> "Moved to the queue " + target + " by a repair of " + by;
                };
    }

    /// @return the numbers of the jobs that were changed
    public List<Long> apply(Handle handle, List<Long> seqs, Instant now) {
        if (seqs.isEmpty()) {
            return List.of();
        }
        List<Long> changed =
                act == RepairAct.DISCARD ? discard(handle, seqs, now) : raise(handle, seqs, now);
        if (!changed.isEmpty()) {
            lines(handle, changed, now);
        }
        return changed;
    }

    private List<Long> raise(Handle handle, List<Long> seqs, Instant now) {
        return handle.createQuery(
                        """
                        UPDATE job SET state = :to, changed_at = :now, losses = 0,
                            max_attempts = attempt + allowance, run_at = :now, due_at = :now,
                            ended_at = NULL, queue = coalesce(cast(:target AS TEXT), queue),
                            stop_by = NULL, stop_reason = NULL, stop_at = NULL, repair = :mark
                        WHERE seq IN (<seqs>) AND state = 'DEAD'
                            AND (alive_key IS NULL OR NOT EXISTS (SELECT 1 FROM job AS other
                                WHERE other.alive_key = job.alive_key AND other.seq <> job.seq
                                    AND (other.due_at IS NOT NULL OR other.state = 'DEAD'
                                        AND other.seq > job.seq AND other.seq IN (<seqs>))))
                        RETURNING seq""")
                .bind("to", JobAct.RAISE.to().name())
                .bind("now", now.toEpochMilli())
                .bind("target", target)
                .bind("mark", mark)
                .bindList("seqs", seqs)
                .mapTo(Long.class)
                .list();
    }

    private List<Long> discard(Handle handle, List<Long> seqs, Instant now) {
        return handle.createQuery(
                        """
                        UPDATE job SET state = :to, changed_at = :now, losses = 0, due_at = NULL,
                            ended_at = :now, stop_by = :by, stop_reason = :reason,
                            stop_at = :now, repair = :mark
                        WHERE seq IN (<seqs>) AND state = 'DEAD' RETURNING seq""")
                .bind("to", JobAct.DISCARD.to().name())
                .bind("by", by)
                .bind("reason", reason)
                .bind("now", now.toEpochMilli())
                .bind("mark", mark)
                .bindList("seqs", seqs)
                .mapTo(Long.class)
                .list();
    }

    private void lines(Handle handle, List<Long> seqs, Instant now) {
        handle.createUpdate(
                        """
                        INSERT INTO job_line (job, at, attempt, level, message)
                        SELECT seq, :now, attempt, 'INFO', :line FROM job
                        WHERE seq IN (<seqs>) ORDER BY seq""")
                .bind("now", now.toEpochMilli())
                .bind("line", line)
                .bindList("seqs", seqs)
                .execute();
    }
}
