package dev.slipway.backend.queues.dispatch;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Wake-ups that a worker asks for.
public final class Wakes {
    /// When a job that is held, or over its type's limit, is offered again.
    private static final Duration SOON = Duration.ofSeconds(1);

    /// Of each queue and type so many at once; a long queue that is held would keep every worker
    /// busy with putting it off. The sweep finds the others.
    static final int PUT_OFF = 200;

    private final Map<String, Turn> turns = new ConcurrentHashMap<>();

    /// How many were put off since a moment.
    private record Turn(Instant since, int number) {}

    /// Has a job offered again: at its time if that is still to come (its message came early, or
    /// this worker's clock is behind), and soon if it is due but may not run now. One whose next
    /// message is to be written anyway needs no other.
    ///
    /// @return how many wake-ups were written: 1 or 0
    public int again(Handle handle, String job, Instant now) {
        boolean soon = mayRunSoon(handle, job, now);
        return handle.createUpdate(
                        """
                        INSERT INTO wake_up (job, priority, not_before)
                        SELECT id, priority, CASE WHEN due_at > :now THEN due_at ELSE :soon END
                        FROM job WHERE id = :job AND state IN ('READY', 'RETRYING')
                          AND due_at > :after AND NOT EXISTS (
                            SELECT 1 FROM wake_up AS w WHERE w.job = :job AND w.taken_until = 0)""")
                .bind("job", job)
                .bind("now", now.toEpochMilli())
                .bind("after", soon ? Long.MIN_VALUE : now.toEpochMilli())
                .bind("soon", now.plus(SOON).toEpochMilli())
                .execute();
    }

    private boolean mayRunSoon(Handle handle, String job, Instant now) {
        return handle.createQuery(
                        """
                        SELECT queue, type FROM job
                        WHERE id = :job AND state IN ('READY', 'RETRYING') AND due_at <= :now""")
                .bind("job", job)
                .bind("now", now.toEpochMilli())
                .map((row, _) -> row.getString("queue") + '\n' + row.getString("type"))
                .findOne()
                .map(lane -> counted(lane, now) <= PUT_OFF)
                .orElse(false);
    }

    private int counted(String lane, Instant now) {
        return turns.merge(
                        lane,
                        new Turn(now, 1),
                        (known, fresh) ->
                                now.isBefore(known.since.plus(SOON))
                                        ? new Turn(known.since, known.number + 1)
                                        : fresh)
                .number;
    }
}
