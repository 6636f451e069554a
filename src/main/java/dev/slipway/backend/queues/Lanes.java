package dev.slipway.backend.queues;

/// Conditions on a lane, which is a queue, a type and a priority: for whoever looks for work that
/// may be done now. They need `:now`, in milliseconds.
public final class Lanes {
    /// That neither its queue nor its type is paused.
    ///
    /// @param row what has the columns `queue` and `type`
    public static String notHeld(String row) {
        return """
        NOT EXISTS (SELECT 1 FROM hold
           WHERE (kind = 'QUEUE' AND name = %1$s.queue OR kind = 'TYPE' AND name = %1$s.type)
           AND (until IS NULL OR until > :now))"""
                .formatted(row);
    }

    /// That fewer of its type run than may. Those that a worker let go of run by the limit's count
    /// already.
    ///
    /// @param row what has the column `type`
    public static String notFull(String row) {
        return """
        NOT EXISTS (SELECT 1 FROM job_limit AS m WHERE m.type = %1$s.type AND m.most <=
           (SELECT count(*) FROM job AS r
           WHERE r.type = %1$s.type AND r.state = 'RUNNING' AND r.due_at > :now))"""
                .formatted(row);
    }

    private Lanes() {}
}
