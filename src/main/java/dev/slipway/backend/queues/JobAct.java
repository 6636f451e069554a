package dev.slipway.backend.queues;

import static dev.slipway.api.queues.JobState.DEAD;
import static dev.slipway.api.queues.JobState.DISCARDED;
import static dev.slipway.api.queues.JobState.READY;
import static dev.slipway.api.queues.JobState.RETRYING;
import static dev.slipway.api.queues.JobState.RUNNING;
import static dev.slipway.api.queues.JobState.SUCCEEDED;

import dev.slipway.api.queues.JobState;

import java.util.List;
import java.util.Set;

/// What can happen to a job: all legal transitions, in one place. Every statement that moves a job
/// takes its states from here, so an illegal move changes no row.
enum JobAct {
    /// A worker takes it: it waited, or its last worker let the lease end.
    CLAIM(RUNNING, READY, RETRYING, RUNNING),
    /// Its handler returned.
    SUCCEED(SUCCEEDED, RUNNING),
    /// Its handler failed and may try again later.
    BACK_OFF(RETRYING, RUNNING),
    /// It failed for good.
    BURY(DEAD, RUNNING),
    /// Its worker drains and had to stop in the middle, or it has to wait for a time; the attempt
    /// does not count.
    HAND_BACK(READY, RUNNING),
    /// A person wants it run again.
    RAISE(READY, DEAD, DISCARDED),
    /// A person gives it up while it runs: it is told to stop at the next good place, and then
    /// [#DISCARD] ends it.
    CANCEL(RUNNING, RUNNING),
    /// A person gave it up: it ends, with who and why. What runs is told to stop first.
    DISCARD(DISCARDED, READY, RUNNING, RETRYING, DEAD);

    private final JobState to;
    private final Set<JobState> from;

    JobAct(JobState to, JobState... from) {
        this.to = to;
        this.from = Set.of(from);
    }

    JobState to() {
        return to;
    }

    boolean allowedFrom(JobState state) {
        return from.contains(state);
    }

    /// For `state IN (<from>)`.
    List<String> from() {
        return from.stream().map(JobState::name).sorted().toList();
    }
}
