package dev.slipway.api.queues;

/// Which of the jobs that wait in a queue is taken first. A lower one still gets its turns: at
/// least one in four of a queue for the normal, one in sixteen for the low.
public enum Priority {
    HIGH,
    NORMAL,
    LOW;

    /// 1 for the highest.
    public int level() {
        return ordinal() + 1;
    }

    /// @param level as [#level] gives it
    public static Priority of(int level) {
        return values()[level - 1];
    }
}
