package dev.slipway.backend.queues;

import java.time.Instant;

/// A handler gives its job back until a time: nothing failed, and no attempt is spent.
public final class JobLater extends Exception {
    private static final long serialVersionUID = 1L;
    private final Instant at;

    /// @param why for the job's log
    public JobLater(Instant at, String why) {
        super(why, null, false, false);
        this.at = at;
    }

    public Instant at() {
        return at;
    }
}
