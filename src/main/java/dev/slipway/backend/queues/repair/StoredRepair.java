package dev.slipway.backend.queues.repair;

import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.RepairAct;
import dev.slipway.api.queues.RepairPreview;
import dev.slipway.api.queues.RepairProgress;
import dev.slipway.api.queues.RepairState;
import dev.slipway.api.queues.StartRepair;
import dev.slipway.backend.queues.DeadJobs;
import dev.slipway.backend.queues.Raised;
import dev.slipway.backend.queues.Raising;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A repair's row.
///
/// @param seq its number, which the jobs that it took keep
/// @param open whether a backend has something to do for it or to tell of it
record StoredRepair(long seq, Repair repair, Work work, boolean open) {

    RepairState state() {
        return repair.state();
    }

    RepairProgress progress() {
        return repair.progress();
    }

    boolean discards() {
        return repair.act() == RepairAct.DISCARD;
    }

    long left() {
        return Math.max(0, repair.preview().total() - progress().moved());
    }

    DeadJobs dead() {
        return new DeadJobs(repair.filter(), repair.boundary());
    }

    Raised raised() {
        return new Raised(seq);
    }

    Raising raising() {
        return new Raising(repair.act(), repair.target(), seq, repair.by(), repair.how().reason());
    }

    StoredRepair with(Work next) {
        return new StoredRepair(seq, repair, next, open);
    }

    StoredRepair with(RepairPreview preview) {
        return with(
                state(),
                repair.startedAt(),
                repair.endedAt(),
                preview,
                repair.how(),
                progress(),
                repair.note());
    }

    StoredRepair with(RepairProgress progress) {
        return with(
                state(),
                repair.startedAt(),
                repair.endedAt(),
                repair.preview(),
                repair.how(),
                progress,
                repair.note());
    }

    StoredRepair saying(String note) {
        return with(
                state(),
                repair.startedAt(),
                repair.endedAt(),
                repair.preview(),
                repair.how(),
                progress(),
                note);
    }

    /// Has nothing more to be done or told.
    StoredRepair closed() {
        return new StoredRepair(seq, repair, work, false);
    }

    /// @throws IllegalStateException if the repair can't be moved so
    StoredRepair moved(RepairMove move, Instant now, String note) {
        if (!move.allowedFrom(state())) {
            throw new IllegalStateException("no " + move + " of a repair that is " + state());
        }
        boolean over =
                switch (move.to()) {
                    case DONE, CANCELLED, STOPPED, EXPIRED -> true;
                    case COUNTING, COUNTED, PROBING, RUNNING, PAUSED, SETTLING -> false;
                };
        StoredRepair next =
                with(
                        move.to(),
                        repair.startedAt(),
                        over ? now : null,
                        repair.preview(),
                        repair.how(),
                        progress(),
                        note);
        // what was put back is followed to its end, whatever the repair does
        return over && progress().moved() == 0 ? next.closed() : next.opened();
    }

    /// As someone starts it, who need not be who had it counted.
    StoredRepair started(StartRepair how, String user, Instant now) {
        Repair r = repair;
        Repair theirs =
                new Repair(
                        r.id(),
                        r.act(),
                        r.filter(),
                        r.target(),
                        r.state(),
                        user,
                        r.createdAt(),
                        r.boundary(),
                        now,
                        null,
                        r.preview(),
                        how,
                        r.progress(),
                        "");
        return new StoredRepair(seq, theirs, work, open);
    }

    private StoredRepair opened() {
        return new StoredRepair(seq, repair, work, true);
    }

    private StoredRepair with(
            RepairState state,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            RepairPreview preview,
            StartRepair how,
            RepairProgress progress,
            String note) {
        return new StoredRepair(
                seq,
                new Repair(
                        repair.id(),
                        repair.act(),
                        repair.filter(),
                        repair.target(),
                        state,
                        repair.by(),
                        repair.createdAt(),
                        repair.boundary(),
                        startedAt,
                        endedAt,
                        preview,
                        how,
                        progress,
                        note),
                work,
                open);
    }
}
