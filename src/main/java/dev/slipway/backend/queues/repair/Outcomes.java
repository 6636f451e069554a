package dev.slipway.backend.queues.repair;

import dev.slipway.api.queues.JobState;
import dev.slipway.api.queues.RepairProgress;
import dev.slipway.api.queues.RepairState;
import dev.slipway.api.queues.StartRepair;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// Counts what became of the jobs that a repair took.
final class Outcomes {
    private static final Duration EVERY = Duration.ofSeconds(1);

    /// What has not ended by then is not waited for.
    private static final Duration FOLLOWED = Duration.ofHours(1);

    /// Before so many seconds the pace so far tells nothing.
    private static final int TOLD_AFTER = 20;

    private Outcomes() {}

    static boolean due(StoredRepair repair, Instant now) {
        Instant counted = repair.work().figuredAt();
        return !now.isBefore(counted.plus(EVERY)) || now.isBefore(counted);
    }

    /// Whether none will change by itself any more.
    static boolean ended(Map<JobState, Long> states) {
        return unended(states) + count(states, JobState.RETRYING) == 0;
    }

    /// What was counted after no more jobs are taken, until the last has ended.
    static StoredRepair follow(Map<JobState, Long> states, StoredRepair repair, Instant now) {
        StoredRepair fresh = counted(states, repair, now);
        boolean ended = ended(states);
        Instant since = repair.repair().endedAt();
        boolean late =
                now.isAfter((since == null ? repair.work().pacedAt() : since).plus(FOLLOWED));
        if (repair.state() == RepairState.PAUSED || !ended && !late) {
            return fresh;
        }
        if (repair.state() != RepairState.SETTLING) {
            return fresh.closed();
        }
        return fresh.moved(
                        RepairMove.FINISH,
                        now,
                        ended ? "" : "Some had not ended within an hour; look at them as jobs.")
                .closed();
    }

    /// The repair with its outcomes as they now stand.
    static StoredRepair counted(Handle handle, StoredRepair repair, Instant now) {
        return counted(repair.raised().states(handle), repair, now);
    }

    private static StoredRepair counted(
            Map<JobState, Long> states, StoredRepair repair, Instant now) {
        boolean moves = repair.state() == RepairState.RUNNING;
        RepairProgress p = repair.progress();
        return repair.with(repair.work().figured(now))
                .with(
                        new RepairProgress(
                                moves ? p.rateNow() : 0,
                                p.moved(),
                                unended(states),
                                count(states, JobState.SUCCEEDED),
                                count(states, JobState.DEAD) + count(states, JobState.RETRYING),
                                moves ? seconds(repair, now) : null));
    }

    /// By the rate; where workers are slower than it, by what was taken so far.
    private static @Nullable Long seconds(StoredRepair repair, Instant now) {
        long left = repair.left();
        RepairProgress p = repair.progress();
        if (p.rateNow() <= 0) {
            return null;
        }
        long byRate = StartRepair.seconds(left, p.rateNow(), repair.repair().how().rate());
        double elapsed = Duration.between(repair.work().resumedAt(), now).toMillis() / 1_000.0;
        long moved = p.moved() - repair.work().movedBefore();
        return elapsed > TOLD_AFTER && moved > 0
                ? Math.max(byRate, (long) Math.ceil(left * elapsed / moved))
                : byRate;
    }

    private static long unended(Map<JobState, Long> states) {
        return count(states, JobState.READY) + count(states, JobState.RUNNING);
    }

    private static long count(Map<JobState, Long> states, JobState state) {
        return states.getOrDefault(state, 0L);
    }
}
