package dev.slipway.backend.queues.repair;

import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobState;
import dev.slipway.api.queues.RepairPreview;
import dev.slipway.api.queues.RepairProgress;
import dev.slipway.api.queues.StartRepair;
import dev.slipway.api.queues.Untouched;
import dev.slipway.backend.queues.LeftOut;
import dev.slipway.backend.queues.Place;
import dev.slipway.backend.queues.Raised;
import dev.slipway.backend.queues.holds.Holds;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// One step of a repair that was started. It happens in one transaction, which has taken the
/// repair's row and writes how far it came: whatever dies, every job was taken once or not at all.
final class Moving {
    /// Failed jobs looked at in one step at most.
    static final int LOOK = 5_000;

    /// Jobs moved in one step at most: others want to write as well.
    static final int BATCH = 250;

    /// Outcomes that the share of those that failed again is taken of.
    static final int WINDOW = 200;

    /// Of fewer outcomes no share is taken.
    static final int LEAST = 20;

    /// So many seconds' worth of jobs may wait for workers: else all would be moved before the
    /// first fail again.
    private static final int SECONDS_WAITING = 10;

    private static final int LEAST_WAITING = 100;
    private static final String SLOW = "Waits for the workers: they end fewer than this rate.";

    /// Between two walks. Fewer than the seconds' worth that may wait of a type with a limit: it
    /// does not run dry meanwhile.
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private static final Duration MOST_AT_ONCE = Duration.ofSeconds(1);
    private static final Duration STEP = Duration.ofSeconds(StartRepair.STEP);

    private Moving() {}

    /// What a step came to.
    ///
    /// @param more whether another step can follow at once
    record Step(StoredRepair repair, boolean more) {}

    /// Does what is next.
    static Step step(Handle handle, StoredRepair repair, Holds holds, Instant now) {
        return switch (repair.state()) {
            case PROBING -> told(handle, repair, probe(handle, repair, holds, now), now);
            case RUNNING -> told(handle, repair, run(handle, repair, holds, now), now);
            case SETTLING, PAUSED, STOPPED, CANCELLED, DONE, COUNTING, COUNTED, EXPIRED ->
                    new Step(repair, false);
        };
    }

    private static Step told(Handle handle, StoredRepair before, Step done, Instant now) {
        boolean count = done.repair.state() != before.state() || Outcomes.due(before, now);
        return count ? new Step(Outcomes.counted(handle, done.repair, now), done.more) : done;
    }

    private static Step probe(Handle handle, StoredRepair repair, Holds holds, Instant now) {
        if (repair.work().probes().isEmpty()) {
            return sendProbe(handle, repair, holds, now);
        }
        List<Job> probes = Raised.jobs(handle, repair.work().probes());
        for (Job job : probes) {
            if (job.state() == JobState.DEAD || job.state() == JobState.RETRYING) {
                return new Step(
                        repair.moved(
                                RepairMove.STOP,
                                now,
                                "The probe failed again: " + cause(job.error())),
                        false);
            }
        }
        List<Job> open = probes.stream().filter(job -> !job.state().ended()).toList();
        List<Long> stuck = Held.stuck(handle, holds, open);
        if (!stuck.isEmpty()) {
            // another one goes first instead: these go on with their queue
            List<Long> left = new ArrayList<>(repair.work().probes());
            left.removeAll(stuck);
            return new Step(repair.with(repair.work().probing(left)), true);
        }
        if (!open.isEmpty()) {
            String waits = Held.awaited(repair.raised().full(handle, 1), open);
            return new Step(repair.saying(waits), false);
        }
        double first = StartRepair.firstRate(repair.repair().how().rate());
        return new Step(
                rate(repair.moved(RepairMove.RUN, now, ""), first)
                        .with(repair.work().ramped(now).paced(now)),
                false);
    }

    private static Step sendProbe(Handle handle, StoredRepair repair, Holds holds, Instant now) {
        if (rests(repair, now)) {
            return new Step(repair, false);
        }
        int wanted = repair.repair().how().probe();
        LeftOut out = Held.now(handle, holds, repair.repair().target());
        Taken taken = take(handle, repair, wanted, out, now);
        StoredRepair next = taken.repair.with(taken.repair.work().probing(taken.jobs));
        if (!taken.jobs.isEmpty()) {
            return new Step(next.saying(""), false);
        }
        return taken.last ? atEnd(next, now) : new Step(next, true);
    }

    private static Step run(Handle handle, StoredRepair repair, Holds holds, Instant now) {
        String stop = repair.discards() ? "" : failingAgain(handle, repair);
        if (!stop.isEmpty()) {
            return new Step(repair.moved(RepairMove.STOP, now, stop), false);
        }
        StoredRepair paced = ramp(onTime(repair, now), now);
        long due = due(paced, now);
        long room = repair.discards() ? due : room(handle, paced, now);
        int most = (int) Math.min(Math.min(due, room), BATCH);
        if (most <= 0) {
            return new Step(
                    due > 0 ? paced.with(paced.work().paced(now)).saying(SLOW) : paced, false);
        }
        if (rests(paced, now)) {
            return new Step(paced.with(paced.work().paced(now)), false);
        }
        Taken taken = take(handle, paced, most, leftOut(handle, paced, holds), now);
        StoredRepair next = paid(taken.repair, taken.jobs.size());
        if (taken.last) {
            return atEnd(next, now);
        }
        return new Step(next, taken.jobs.size() < most || due > most);
    }

    private static LeftOut leftOut(Handle handle, StoredRepair repair, Holds holds) {
        return repair.discards()
                ? LeftOut.NOTHING
                : Held.now(
                        handle,
                        holds,
                        repair.repair().target(),
                        repair.raised().full(handle, mostWaiting(repair)));
    }

    /// Whether it came to the end, and waits for what it passed by. A clock that was set back must
    /// not hold it.
    private static boolean rests(StoredRepair repair, Instant now) {
        Instant again = repair.work().againAt();
        return again != null
                && repair.work().walked().equals(Place.FIRST)
                && now.isBefore(again)
                && !again.isAfter(now.plus(AGAIN));
    }

    /// The walk has come to its end: if jobs were passed by it begins anew, else it is over.
    private static Step atEnd(StoredRepair repair, Instant now) {
        if (repair.work().againAt() != null) {
            return new Step(repair.with(repair.work().walked(Place.FIRST)), false);
        }
        return new Step(gone(repair).moved(over(repair), now, ""), false);
    }

    private static RepairMove over(StoredRepair repair) {
        return repair.discards() ? RepairMove.FINISH : RepairMove.SETTLE;
    }

    /// Someone else was faster with the jobs that it did not find any more.
    private static StoredRepair gone(StoredRepair repair) {
        if (repair.left() == 0) {
            return repair;
        }
        RepairPreview p = repair.repair().preview();
        List<Untouched> untouched = new ArrayList<>(p.untouched());
        untouched.add(new Untouched(Untouched.Cause.GONE, repair.left(), false));
        return repair.with(new RepairPreview(p.searched(), p.total(), p.samples(), untouched));
    }

    /// Why the repair must stop; empty if it need not.
    private static String failingAgain(Handle handle, StoredRepair repair) {
        List<Boolean> latest = repair.raised().latest(handle, repair.work().resumedAt(), WINDOW);
        long failed = latest.stream().filter(again -> again).count();
        int percent = repair.repair().how().stopPercent();
        return latest.size() >= LEAST && failed * 100 >= (long) percent * latest.size()
                ? "%d of the latest %d that ended failed again: the limit is %d %%."
                        .formatted(failed, latest.size(), percent)
                : "";
    }

    /// A clock that was set back must not hold it, and time that was slept through is not made up
    /// for.
    private static StoredRepair onTime(StoredRepair repair, Instant now) {
        Instant paced = repair.work().pacedAt();
        Instant earliest = now.minus(MOST_AT_ONCE);
        Instant fit = paced.isAfter(now) ? now : paced.isBefore(earliest) ? earliest : paced;
        return repair.with(repair.work().paced(fit));
    }

    private static StoredRepair ramp(StoredRepair repair, Instant now) {
        double rate = repair.progress().rateNow();
        int most = repair.repair().how().rate();
        boolean ripe = !now.isBefore(repair.work().rampedAt().plus(STEP));
        return rate < most && ripe
                ? rate(repair, Math.min(most, rate * 2)).with(repair.work().ramped(now))
                : repair;
    }

    private static long due(StoredRepair repair, Instant now) {
        Duration since = Duration.between(repair.work().pacedAt(), now);
        return (long) (repair.progress().rateNow() * since.toMillis() / 1_000);
    }

    private static long room(Handle handle, StoredRepair repair, Instant now) {
        long most = mostWaiting(repair);
        return most - repair.raised().unended(handle, most, now);
    }

    private static long mostWaiting(StoredRepair repair) {
        double waiting = repair.progress().rateNow() * SECONDS_WAITING;
        return Math.max(LEAST_WAITING, (long) Math.ceil(waiting));
    }

    private static StoredRepair paid(StoredRepair repair, int jobs) {
        long micros = (long) (jobs * 1_000_000 / repair.progress().rateNow());
        return repair.with(repair.work().paced(repair.work().pacedAt().plusNanos(micros * 1_000)));
    }

    private record Taken(StoredRepair repair, List<Long> jobs, boolean last) {}

    private static Taken take(
            Handle handle, StoredRepair before, int most, LeftOut out, Instant now) {
        boolean anew = before.work().walked().equals(Place.FIRST);
        StoredRepair repair = anew ? before.with(before.work().again(null)) : before;
        var chosen =
                repair.dead().next(handle, repair.seq(), repair.work().walked(), LOOK, most, out);
        List<Long> jobs = repair.raising().apply(handle, chosen.seqs(), now);
        if (!chosen.passedBy().isEmpty()) {
            repair = repair.with(repair.work().again(now.plus(AGAIN))).saying(chosen.passedBy());
        } else if (repair.work().againAt() == null) {
            repair = repair.saying("");
        }
        RepairProgress p = repair.progress();
        StoredRepair next =
                repair.with(repair.work().walked(chosen.reached()))
                        .with(
                                new RepairProgress(
                                        p.rateNow(),
                                        p.moved() + jobs.size(),
                                        p.waiting(),
                                        p.succeeded(),
                                        p.failed(),
                                        p.seconds()));
        return new Taken(next, jobs, chosen.last());
    }

    static StoredRepair rate(StoredRepair repair, double rate) {
        RepairProgress p = repair.progress();
        return repair.with(
                new RepairProgress(
                        rate, p.moved(), p.waiting(), p.succeeded(), p.failed(), p.seconds()));
    }

    private static String cause(@Nullable String error) {
        return error == null || error.isBlank() ? "it left no error." : error;
    }
}
