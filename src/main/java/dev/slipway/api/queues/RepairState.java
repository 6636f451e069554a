package dev.slipway.api.queues;

/// Where a repair stands.
public enum RepairState {
    /// The jobs that match are being counted; nothing has been touched.
    COUNTING,
    /// Counted, and waits to be started or left; nothing has been touched.
    COUNTED,
    /// A few jobs were put back; what becomes of them decides whether the rest follows.
    PROBING,
    /// Job after job is put back at the chosen rate.
    RUNNING,
    /// Held by someone. Jobs that were put back run on; no more follow.
    PAUSED,
    /// Every job was put back; the last of them have not ended yet.
    SETTLING,
    /// At its end.
    DONE,
    /// Stopped by itself, because jobs failed again. The others are as they were.
    STOPPED,
    /// Ended by someone. Jobs not yet touched are as they were.
    CANCELLED,
    /// Was counted and then not started for an hour; nothing was touched.
    EXPIRED;

    /// Whether nothing more will happen by itself or by anyone.
    public boolean ended() {
        return this == DONE || this == CANCELLED || this == EXPIRED;
    }
}
