package dev.slipway.backend.queues.repair;

import static dev.slipway.api.queues.RepairState.CANCELLED;
import static dev.slipway.api.queues.RepairState.COUNTED;
import static dev.slipway.api.queues.RepairState.COUNTING;
import static dev.slipway.api.queues.RepairState.DONE;
import static dev.slipway.api.queues.RepairState.EXPIRED;
import static dev.slipway.api.queues.RepairState.PAUSED;
import static dev.slipway.api.queues.RepairState.PROBING;
import static dev.slipway.api.queues.RepairState.RUNNING;
import static dev.slipway.api.queues.RepairState.SETTLING;
import static dev.slipway.api.queues.RepairState.STOPPED;

import dev.slipway.api.queues.RepairState;

import java.util.Set;

/// What can happen to a repair: all legal transitions, in one place.
enum RepairMove {
    /// The last matching job has been counted.
    COUNT(COUNTED, COUNTING),
    /// Nobody started it.
    EXPIRE(EXPIRED, COUNTING, COUNTED),
    /// Someone starts it, or lets it go on: a few jobs go first.
    PROBE(PROBING, COUNTED, PAUSED, STOPPED),
    /// Someone starts or resumes a discard, or the probe ended well.
    RUN(RUNNING, COUNTED, PAUSED, PROBING),
    /// Someone holds it.
    PAUSE(PAUSED, PROBING, RUNNING),
    /// Jobs failed again.
    STOP(STOPPED, PROBING, RUNNING),
    /// The last job was put back.
    SETTLE(SETTLING, PROBING, RUNNING),
    /// Nothing is left to be done or awaited.
    FINISH(DONE, RUNNING, SETTLING),
    /// Someone ends it.
    CANCEL(CANCELLED, COUNTING, COUNTED, PROBING, RUNNING, PAUSED, STOPPED);

    private final RepairState to;
    private final Set<RepairState> from;

    RepairMove(RepairState to, RepairState... from) {
        this.to = to;
        this.from = Set.of(from);
    }

    RepairState to() {
        return to;
    }

    boolean allowedFrom(RepairState state) {
        return from.contains(state);
    }
}
