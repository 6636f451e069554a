package dev.slipway.api.queues;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Why a job does not run at this moment. Of several reasons the first is given: a pause, then a
/// time that has not come, then a limit, then the broker.
///
/// @param hold the pause that it waits for, of kind [Why#QUEUE_PAUSED] and [Why#TYPE_PAUSED]
/// @param until when it may go on, where that is known
/// @param running how many of its type run, of kind [Why#LIMIT]
/// @param most how many of its type may run, of kind [Why#LIMIT]
public record Wait(
        Why why,
        @Nullable Hold hold,
        @Nullable Instant until,
        @Nullable Long running,
        @Nullable Integer most) {

    /// What it waits for.
    public enum Why {
        QUEUE_PAUSED,
        TYPE_PAUSED,
        /// As many of its type run as may.
        LIMIT,
        /// It failed and is tried again.
        RETRY,
        /// It may not start before its time.
        LATER,
        /// The broker that would bring it to a worker is away.
        BROKER,
        /// A worker is all that it waits for.
        WORKER
    }

    /// Empty if the job runs or has ended.
    ///
    /// @param holds what is paused
    /// @param type the job's type, or null if nothing is known of it
    /// @param broker what brings jobs to workers, or null if nothing is known of it
    public static Optional<Wait> of(
            Job job,
            List<Hold> holds,
            @Nullable TypeStatus type,
            @Nullable BrokerStatus broker,
            Instant now) {
        return of(job, holds, type, broker != null && broker.keepsFromWorkers(job.type()), now);
    }

    /// The same.
    ///
    /// @param kept whether the broker that would bring it to a worker is away
    public static Optional<Wait> of(
            Job job, List<Hold> holds, @Nullable TypeStatus type, boolean kept, Instant now) {
        if (job.state() == JobState.RUNNING || job.state().ended()) {
            return Optional.empty();
        }
        return Optional.of(
                held(job, holds, HoldKind.QUEUE, job.queue(), Why.QUEUE_PAUSED, now)
                        .or(() -> held(job, holds, HoldKind.TYPE, job.type(), Why.TYPE_PAUSED, now))
                        .orElseGet(() -> otherwise(job, type, kept, now)));
    }

    private static Optional<Wait> held(
            Job job, List<Hold> holds, HoldKind kind, String name, Why why, Instant now) {
        return holds.stream()
                .filter(hold -> hold.kind() == kind && hold.name().equals(name))
                .filter(hold -> hold.holdsAt(now))
                .findFirst()
                .map(hold -> new Wait(why, hold, hold.until(), null, null));
    }

    private static Wait otherwise(Job job, @Nullable TypeStatus type, boolean kept, Instant now) {
        if (job.runAt().isAfter(now)) {
            Why why = job.state() == JobState.RETRYING ? Why.RETRY : Why.LATER;
            return new Wait(why, null, job.runAt(), null, null);
        }
        if (type != null && type.full()) {
            return new Wait(Why.LIMIT, null, null, type.running(), type.most());
        }
        if (kept) {
            return new Wait(Why.BROKER, null, null, null, null);
        }
        return new Wait(Why.WORKER, null, null, null, null);
    }
}
