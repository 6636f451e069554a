package dev.slipway.backend.queues.repair;

import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.RepairPreview;
import dev.slipway.api.queues.RepairProgress;
import dev.slipway.api.queues.RepairState;
import dev.slipway.api.queues.StartRepair;
import dev.slipway.api.queues.Untouched;
import dev.slipway.backend.queues.DeadJobs;
import dev.slipway.backend.queues.Place;
import dev.slipway.backend.queues.holds.Holds;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Counts what a repair would take, slice by slice. It only reads; what a slice came to is written
/// if nobody wrote it in the meantime.
final class Counting {
    private static final int SLICE = 20_000;
    private static final int SAMPLES = 5;

    /// A repair that was counted and not started in this time is forgotten.
    static final Duration KEPT = Duration.ofHours(1);

    private final StateStore store;
    private final RepairStore repairs;
    private final Holds holds;
    private final InstantSource clock;

    Counting(StateStore store, RepairStore repairs, Holds holds, InstantSource clock) {
        this.store = store;
        this.repairs = repairs;
        this.holds = holds;
        this.clock = clock;
    }

    /// Counts one slice.
    ///
    /// @return whether there is more to be counted
    boolean step(StoredRepair before) {
        Place from = before.work().walked();
        DeadJobs dead = before.dead();
        Found found = store.read(handle -> look(handle, before, dead, from));
        return store.alongside(handle -> write(handle, before, found));
    }

    private Found look(Handle handle, StoredRepair repair, DeadJobs dead, Place from) {
        var counted = dead.count(handle, from, SLICE);
        List<Job> samples =
                counted.matching() == 0
                        ? List.of()
                        : dead.samples(handle, from, counted.reached(), SAMPLES);
        return new Found(
                counted,
                samples,
                counted.last() ? dead.untouched(handle) : List.of(),
                counted.matching() == 0 ? "" : held(handle, repair, from, counted.reached()));
    }

    private record Found(
            DeadJobs.Slice counted, List<Job> samples, List<Untouched> untouched, String held) {}

    private boolean write(Handle handle, StoredRepair before, Found found) {
        StoredRepair now = repairs.take(handle, before.repair().id()).orElseThrow();
        boolean still =
                now.state() == RepairState.COUNTING
                        && now.work().walked().equals(before.work().walked());
        if (!still) {
            return now.state() == RepairState.COUNTING;
        }
        boolean last = found.counted.last();
        StoredRepair next =
                now.with(preview(now.repair().preview(), found))
                        .saying(now.repair().note().isEmpty() ? found.held : now.repair().note())
                        .with(now.work().walked(last ? Place.FIRST : found.counted.reached()));
        if (last) {
            next = estimated(next).moved(RepairMove.COUNT, clock.instant(), next.repair().note());
        }
        repairs.save(handle, next);
        repairs.tell(handle, next.repair());
        return !last;
    }

    /// Why some of them would not be put back now.
    private String held(Handle handle, StoredRepair repair, Place from, Place to) {
        if (repair.discards()) {
            return "";
        }
        var paused = Held.now(handle, holds, repair.repair().target());
        return repair.dead().passedBy(handle, repair.seq(), from, to, paused);
    }

    /// Later slices failed later: their jobs come first.
    private static RepairPreview preview(RepairPreview before, Found found) {
        List<Job> samples = new ArrayList<>(found.samples);
        samples.addAll(before.samples());
        return new RepairPreview(
                before.searched() + found.counted.looked(),
                before.total() + found.counted.matching(),
                samples.subList(0, Math.min(SAMPLES, samples.size())),
                found.untouched);
    }

    private static StoredRepair estimated(StoredRepair repair) {
        long total = repair.repair().preview().total();
        int rate = StartRepair.RATE;
        double first = repair.discards() ? rate : StartRepair.firstRate(rate);
        return repair.with(
                new RepairProgress(0, 0, 0, 0, 0, StartRepair.seconds(total, first, rate)));
    }

    /// Forgets a repair that nobody started.
    void expire(StoredRepair before) {
        Instant now = clock.instant();
        if (now.isAfter(before.repair().createdAt().plus(KEPT))) {
            store.writing(
                    handle ->
                            repairs.take(handle, before.repair().id())
                                    .filter(r -> RepairMove.EXPIRE.allowedFrom(r.state()))
                                    .map(r -> r.moved(RepairMove.EXPIRE, now, ""))
                                    .ifPresent(
                                            r -> {
                                                repairs.save(handle, r);
                                                repairs.tell(handle, r.repair());
                                            }));
        }
    }
}
