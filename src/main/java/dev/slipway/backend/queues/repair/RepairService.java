package dev.slipway.backend.queues.repair;

import static java.util.Objects.requireNonNullElse;

import dev.slipway.api.Page;
import dev.slipway.api.events.Change;
import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.JobFilter;
import dev.slipway.api.queues.NewRepair;
import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.RepairAct;
import dev.slipway.api.queues.RepairPreview;
import dev.slipway.api.queues.RepairProgress;
import dev.slipway.api.queues.RepairState;
import dev.slipway.api.queues.StartRepair;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.queues.DeadJobs;
import dev.slipway.backend.queues.holds.Holds;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// What people may do with repairs. What then happens to the jobs is the [RepairRunner]'s.
public final class RepairService {
    private static final int IN_SNAPSHOT = 20;
    private static final int MOST_NAME = 100;
    private static final int MOST_RATE = 10_000;
    private static final int MOST_PROBES = 20;

    /// A small count is in the first answer already.
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final StateStore store;
    private final RepairStore repairs;
    private final InstantSource clock;
    private final Counting counting;

    public RepairService(StateStore store, RepairStore repairs, Holds holds, InstantSource clock) {
        this.store = store;
        this.repairs = repairs;
        this.clock = clock;
        this.counting = new Counting(store, repairs, holds, clock);
    }

    /// The newest repairs before one.
    Page<Repair> page(long before, int limit) {
        List<StoredRepair> found = store.read(handle -> repairs.before(handle, before, limit + 1));
        List<StoredRepair> shown = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(
                shown.stream().map(StoredRepair::repair).toList(),
                found.size() > shown.size() ? "" + shown.getLast().seq() : null,
                null);
    }

    Repair repair(String id) {
        return store.read(handle -> repairs.find(handle, id))
                .orElseThrow(() -> Refused.notFound("repair", id))
                .repair();
    }

    /// A repair as someone asks for it, that is not known yet.
    ///
    /// @throws Refused for wrong values, before anything is written
    Repair drafted(NewRepair asked, String user) {
        Instant now = clock.instant();
        Repair repair = fresh(asked, user, now);
        new DeadJobs(repair.filter(), now);
        return repair;
    }

    /// Has the failed jobs counted that match as it was drafted.
    Effect<Repair> preview(Repair repair) {
        return Effect.of(
                        handle -> {
                            repairs.add(handle, repair, Work.begin(repair.createdAt()));
                            return repair;
                        })
                .then(() -> counted(repair.id()));
    }

    private Repair counted(String id) {
        Instant until = clock.instant().plus(PATIENCE);
        boolean more = true;
        while (more && clock.instant().isBefore(until)) {
            more =
                    store.read(handle -> repairs.find(handle, id))
                            .filter(found -> found.state() == RepairState.COUNTING)
                            .map(counting::step)
                            .orElse(false);
        }
        return repair(id);
    }

    private static Repair fresh(NewRepair asked, String user, Instant now) {
        JobFilter filter = requireNonNullElse(asked.filter(), JobFilter.ALL);
        return new Repair(
                UUID.randomUUID().toString(),
                asked.act(),
                filter,
                target(asked, filter),
                RepairState.COUNTING,
                user,
                now,
                now,
                null,
                null,
                RepairPreview.NONE,
                StartRepair.STANDARD,
                RepairProgress.NONE,
                "");
    }

    private static @Nullable String target(NewRepair asked, JobFilter filter) {
        String target = requireNonNullElse(asked.target(), "").strip();
        if (asked.act() != RepairAct.MOVE) {
            if (!target.isEmpty()) {
                throw Refused.badRequest("target", "Only a move has a queue to go to.");
            }
            return null;
        }
        if (target.isEmpty() || target.length() > MOST_NAME) {
            throw Refused.badRequest(
                    "target", "Name the queue to move to, in at most 100 characters.");
        }
        if (target.equals(filter.queue())) {
            throw Refused.badRequest("target", "They are in that queue already.");
        }
        return target;
    }

    Effect<Repair> start(String id, StartRepair how, String user) {
        return changing(
                id,
                (repair, now) -> {
                    check(repair, how);
                    return going(repair.started(how, user, now), now);
                });
    }

    private static void check(StoredRepair repair, StartRepair how) {
        range("rate", how.rate(), MOST_RATE);
        range("probe", how.probe(), MOST_PROBES);
        range("stopPercent", how.stopPercent(), 100);
        if (repair.discards() && how.reason().isBlank()) {
            throw Refused.badRequest("reason", "Say why these jobs are given up.");
        }
        if (repair.state() != RepairState.COUNTED) {
            throw no("started", repair);
        }
        if (repair.repair().preview().total() == 0) {
            throw Refused.conflict("No failed job matches; there is nothing to start.");
        }
    }

    private static void range(String field, int value, int most) {
        if (value < 1 || value > most) {
            throw Refused.badRequest(field, "From 1 to " + most + ".");
        }
    }

    private static StoredRepair going(StoredRepair repair, Instant now) {
        Work work = repair.work().resumed(now, repair.progress().moved());
        return repair.discards()
                ? Moving.rate(
                        repair.with(work).moved(RepairMove.RUN, now, ""),
                        repair.repair().how().rate())
                : repair.with(work).moved(RepairMove.PROBE, now, "");
    }

    /// Holds a repair after the step in hand. One that is held already stays as it is.
    Effect<Repair> pause(String id, String reason) {
        return changing(
                id,
                (repair, now) -> {
                    if (repair.state() == RepairState.PAUSED) {
                        return repair;
                    }
                    allowed(RepairMove.PAUSE, repair, "paused");
                    return Moving.rate(repair, 0).moved(RepairMove.PAUSE, now, reason);
                });
    }

    /// Lets a repair go on that was paused or has stopped, with a probe first.
    Effect<Repair> resume(String id) {
        return changing(
                id,
                (repair, now) -> {
                    boolean held =
                            repair.state() == RepairState.PAUSED
                                    || repair.state() == RepairState.STOPPED;
                    if (!held) {
                        throw no("resumed", repair);
                    }
                    return going(repair, now);
                });
    }

    /// Ends a repair after the step in hand. Jobs not yet touched stay as they are.
    Effect<Repair> cancel(String id, String reason) {
        return changing(
                id,
                (repair, now) -> {
                    if (repair.state() == RepairState.CANCELLED) {
                        return repair;
                    }
                    allowed(RepairMove.CANCEL, repair, "cancelled");
                    return Moving.rate(repair, 0).moved(RepairMove.CANCEL, now, reason);
                });
    }

    private static void allowed(RepairMove move, StoredRepair repair, String what) {
        if (!move.allowedFrom(repair.state())) {
            throw no(what, repair);
        }
    }

    private static Refused no(String what, StoredRepair repair) {
        return Refused.conflict(
                "The repair can't be %s: it is %s. It stays as it is."
                        .formatted(what, repair.state().name().toLowerCase(Locale.ROOT)));
    }

    private interface Turn {
        StoredRepair of(StoredRepair repair, Instant now);
    }

    private Effect<Repair> changing(String id, Turn change) {
        return Effect.of(handle -> changed(handle, id, change));
    }

    private Repair changed(Handle handle, String id, Turn change) {
        StoredRepair before =
                repairs.take(handle, id).orElseThrow(() -> Refused.notFound("repair", id));
        StoredRepair after = change.of(before, clock.instant());
        if (!after.equals(before)) {
            repairs.save(handle, after);
            repairs.tell(handle, after.repair());
        }
        return after.repair();
    }

    /// The newest repairs.
    public List<Change> snapshot() {
        Instant now = clock.instant();
        return page(Long.MAX_VALUE, IN_SNAPSHOT).items().stream()
                .map(repair -> new Change(Kind.REPAIR.wire(), repair.id(), now, repair))
                .toList();
    }
}
