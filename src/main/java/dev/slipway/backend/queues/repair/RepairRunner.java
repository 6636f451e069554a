package dev.slipway.backend.queues.repair;

import static java.lang.System.Logger.Level.ERROR;

import dev.slipway.api.queues.JobState;
import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.RepairState;
import dev.slipway.backend.http.AuditTrail;
import dev.slipway.backend.queues.holds.Holds;
import dev.slipway.backend.rounds.Rounds;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Works at repairs, one step at a time. Every backend has one; each repair is worked at by one of
/// them, and when that dies, another goes on as its lease ends.
public final class RepairRunner implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RepairRunner.class.getName());
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration TICK = Duration.ofMillis(200);

    /// So many ticks are left out.
    private static final int AFTER_A_FAULT = 10;

    private final String name;
    private final StateStore store;
    private final RepairStore repairs;
    private final Holds holds;
    private final AuditTrail audit;
    private final InstantSource clock;
    private final Counting counting;
    private final Rounds rounds = new Rounds(RepairRunner.class, "repairs");

    /// How many ticks a repair that met a fault is still left out. Of the rounds' thread alone.
    private final Map<Long, Integer> resting = new HashMap<>();

    /// Paused repairs of which all that was taken had ended, and when that was counted.
    private final Map<Long, Instant> ended = new HashMap<>();

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
    }

    public void start() {
        rounds.every(TICK, "the repairs can't be looked for", this::tick);
    }

    @Override
    public void close() {
        rounds.close();
        store.writing(handle -> repairs.letGo(handle, name));
    }

    /// Does what is due at this moment, a step of each in turn: also of those that are started
    /// meanwhile.
    void tick() {
        resting.replaceAll((_, ticks) -> ticks - 1);
        resting.values().removeIf(ticks -> ticks <= 0);
        boolean more;
        do {
            more = false;
            for (long seq : store.read(repairs::open)) {
                more |= !resting.containsKey(seq) && stepOrRest(seq);
            }
        } while (more);
    }

    /// One that meets a fault must not hold up the others.
    private boolean stepOrRest(long seq) {
        try {
            return step(seq);
        } catch (Exception e) { // one repair's boundary: the others go on
            LOG.log(ERROR, "repair " + seq + " could not go on and is tried again in a moment", e);
            resting.put(seq, AFTER_A_FAULT);
            return false;
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
                yield counting.step(repair) && !rounds.ending();
            }
            case COUNTED -> {
                counting.expire(repair);
                yield false;
            }
            case SETTLING, PAUSED, STOPPED, CANCELLED, DONE -> {
                if (Outcomes.due(repair, clock.instant())) {
                    follow(repair);
                }
                yield false;
            }
            case EXPIRED -> false;
            case PROBING, RUNNING -> move(seq) && !rounds.ending();
        };
    }

    private boolean move(long seq) {
        Instant now = clock.instant();
        // beside the workers: the repair's row is held, and each statement has its guard; in turn,
        // for who wants to hold the repair must get its row
        return store.inTurn(
                handle ->
                        repairs.take(handle, seq, name, now, now.plus(LEASE))
                                .map(before -> move(handle, before, now))
                                .orElse(false));
    }

    private boolean move(Handle handle, StoredRepair before, Instant now) {
        Moving.Step step = Moving.step(handle, before, holds, now);
        save(handle, before, step.repair());
        return step.more();
    }

    /// Counts what became of the jobs, which may be many: in a read, so that no one waits for it.
    private void follow(StoredRepair seen) {
        boolean paused = seen.state() == RepairState.PAUSED;
        boolean known = paused && seen.work().figuredAt().equals(ended.get(seen.seq()));
        Optional<Map<JobState, Long>> counted =
                store.read(
                        handle ->
                                known && !seen.raised().open(handle)
                                        ? Optional.empty()
                                        : Optional.of(seen.raised().states(handle)));
        if (counted.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        boolean written =
                store.inTurn(
                        handle ->
                                repairs.take(handle, seen.seq(), name, now, now.plus(LEASE))
                                        .filter(seen::equals)
                                        .map(r -> follow(handle, r, counted.get(), now))
                                        .orElse(false));
        if (written && paused && Outcomes.ended(counted.get())) {
            ended.put(seen.seq(), now);
        } else {
            ended.remove(seen.seq());
        }
    }

    private boolean follow(
            Handle handle, StoredRepair before, Map<JobState, Long> states, Instant now) {
        save(handle, before, Outcomes.follow(states, before, now));
        return true;
    }

    private void save(Handle handle, StoredRepair before, StoredRepair after) {
        if (!after.equals(before)) {
            repairs.save(handle, after);
        }
        boolean counted = !after.work().figuredAt().equals(before.work().figuredAt());
        if (counted && !after.repair().equals(before.repair())) {
            repairs.tell(handle, after.repair());
        }
        if (over(after.state()) && !over(before.state())) {
            audit.append(handle, end(after.repair()));
        }
    }

    private static boolean over(RepairState state) {
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
