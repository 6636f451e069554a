package dev.slipway.backend.queues.dispatch;

import org.jdbi.v3.core.Handle;

import java.time.Instant;

/// Wake-ups that a worker asks for.
public final class Wakes {
    private Wakes() {}

    /// Has a job offered again at its time, if it waits for one that is still to come: its message
    /// came early, or this worker's clock is behind.
    ///
    /// @return how many wake-ups were written: 1 or 0
    public static int again(Handle handle, String job, Instant now) {
        return handle.createUpdate(
                        """
                        INSERT INTO wake_up (job, priority, not_before)
                        SELECT id, priority, due_at FROM job
                        WHERE id = :job AND state IN ('READY', 'RETRYING') AND due_at > :now""")
                .bind("job", job)
                .bind("now", now.toEpochMilli())
                .execute();
    }
}
