package dev.slipway.backend.queues.repair;

import static java.lang.System.Logger.Level.ERROR;

import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.RepairState;
import dev.slipway.backend.http.AuditTrail;
import dev.slipway.backend.queues.holds.Holds;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Works at repairs, one step at a time. Every backend has one; each repair is worked at by one of
/// them, and when that dies, another goes on as its lease ends.
public final class RepairRunner implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RepairRunner.class.getName());
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final long TICK_MILLIS = 200;

    /// So many ticks are left out.
    private static final int AFTER_A_FAULT = 10;

    private final String name;
    private final StateStore store;
    private final RepairStore repairs;
    private final Holds holds;
    private final AuditTrail audit;
    private final InstantSource clock;
    private final Counting counting;
    private final ScheduledExecutorService timer;

    /// Of the timer's thread alone.
    private int resting;

    /// @param name names this backend among all
    public RepairRunner(
            String name,
            StateStore store,
            RepairStore repairs,
            Holds holds,
            AuditTrail audit,
            InstantSource clock) {
        this.name = name;
        this.store = store;
        this.repairs = repairs;
        this.holds = holds;
        this.audit = audit;
        this.clock = clock;
        this.counting = new Counting(store, repairs, holds, clock);
        this.timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("repairs").daemon().factory());
    }

    public void start() {
        timer.scheduleWithFixedDelay(this::quietly, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.close();
        store.writing(handle -> repairs.letGo(handle, name));
    }

    private void quietly() {
        if (resting > 0) {
            resting--;
            return;
        }
        try {
            tick();
        } catch (Exception e) {
            LOG.log(ERROR, "the repairs could not go on and are tried again in a moment", e);
            resting = AFTER_A_FAULT;
        }
    }

    /// Does what is due at this moment.
    void tick() {
        List<Long> open = store.read(repairs::open);
        boolean more = !open.isEmpty();
        while (more) {
            more = false;
            for (long seq : open) {
                more |= step(seq);
            }
        }
    }

    /// @return whether another step can follow at once
    private boolean step(long seq) {
        Optional<StoredRepair> found = store.read(handle -> repairs.find(handle, seq));
        if (found.isEmpty() || !found.get().open()) {
            return false;
        }
        StoredRepair repair = found.get();
        return switch (repair.state()) {
            case COUNTING -> {
                counting.expire(repair);
                yield counting.step(repair) && !timer.isShutdown();
            }
            case COUNTED -> {
                counting.expire(repair);
                yield false;
            }
            case SETTLING, PAUSED, STOPPED, CANCELLED, DONE, EXPIRED ->
                    Outcomes.due(repair, clock.instant()) && move(seq);
            case PROBING, RUNNING -> move(seq) && !timer.isShutdown();
        };
    }

    private boolean move(long seq) {
        Instant now = clock.instant();
        // beside the workers: the repair's row is held, and each statement has its guard
        return store.alongside(
                handle ->
                        repairs.take(handle, seq, name, now, now.plus(LEASE))
                                .map(before -> move(handle, before, now))
                                .orElse(false));
    }

    private boolean move(Handle handle, StoredRepair before, Instant now) {
        Moving.Step step = Moving.step(handle, before, holds, now);
        StoredRepair after = step.repair();
        if (!after.equals(before)) {
            repairs.save(handle, after);
        }
        boolean counted = !after.work().figuredAt().equals(before.work().figuredAt());
        if (counted && !after.repair().equals(before.repair())) {
            repairs.tell(handle, after.repair());
        }
        if (ended(after.state()) && !ended(before.state())) {
            audit.append(handle, end(after.repair()));
        }
        return step.more();
    }

    private static boolean ended(RepairState state) {
        return state == RepairState.DONE || state == RepairState.STOPPED;
    }

    /// What the audit log says of a repair that ended by itself.
    private static AuditTrail.Act end(Repair repair) {
        var p = repair.progress();
        return new AuditTrail.Act(
                repair.by(),
                "repair " + repair.state().name().toLowerCase(Locale.ROOT),
                repair.id(),
                "%s; took %d of %d: %d succeeded, %d failed again, %d not ended. %s"
                        .formatted(
                                RepairText.of(repair),
                                p.moved(),
                                repair.preview().total(),
                                p.succeeded(),
                                p.failed(),
                                p.waiting(),
                                repair.note())
                        .strip(),
                200);
    }
}
