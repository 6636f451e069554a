package dev.slipway.backend.schedules;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import dev.slipway.api.schedules.RunCause;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.api.schedules.ScheduleRunState;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.rounds.Rounds;
import dev.slipway.backend.schedules.Plan.Step;
import dev.slipway.backend.schedules.ScheduleRuns.Followed;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/// Starts what is due: one loop in each backend, any number of backends. Whoever holds the lock on
/// the schedule's row deals with its due times; the others find them dealt with, and the primary
/// key of the runs would refuse a second one in any case.
public final class Scheduler implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Scheduler.class.getName());

    /// Clocks of several machines differ by less; a clock that is put back, by more.
    private static final Duration SKEW = Duration.ofMinutes(1);

    /// Then a run that can't be started counts as failed.
    private static final int TRIES = 3;

    private final StateStore store;
    private final ScheduleStore schedules;
    private final ScheduleRuns runs;
    private final Starter starter;
    private final Views views;
    private final InstantSource clock;
    private final Steadiness steadiness;
    private final Map<String, Integer> failures = new HashMap<>();
    private final Rounds rounds = new Rounds(Scheduler.class, "scheduler");

    Scheduler(Schedules parts, InstantSource clock, LongSupplier nanos) {
        this.store = parts.store;
        this.schedules = parts.schedules;
        this.runs = parts.runs;
        this.starter = parts.starter;
        this.views = parts.views;
        this.clock = clock;
        this.steadiness = new Steadiness(nanos);
    }

    public void start() {
        rounds.every(Duration.ofSeconds(1), "the schedules could not be looked at", this::tick);
    }

    @Override
    public void close() {
        rounds.close();
    }

    /// Looks once at every schedule.
    void tick() {
        follow();
        Instant now = clock.instant();
        boolean steady = steadiness.steady(now);
        for (StoredSchedule schedule : store.read(schedules::all)) {
            try {
                if (steady && awaits(schedule, now)) {
                    store.writing(handle -> deal(handle, schedule.name(), now));
                }
                failures.remove(schedule.name());
            } catch (Exception e) { // one schedule's fault must not keep the others from running
                failed(schedule, e, now);
            }
        }
    }

    /// What the jobs say, the runs say too.
    private void follow() {
        if (store.read(runs::moved).isEmpty()) {
            return;
        }
        store.writing(
                handle -> {
                    for (Followed moved : runs.moved(handle)) {
                        ScheduleRun run = followed(moved);
                        runs.put(handle, run);
                        starter.tell(handle, run);
                        schedules
                                .find(handle, run.schedule())
                                .ifPresent(schedule -> views.publish(handle, schedule));
                    }
                });
    }

    private static ScheduleRun followed(Followed moved) {
        return switch (moved.job()) {
            case SUCCEEDED -> ended(moved, ScheduleRunState.DONE, "");
            case DEAD -> ended(moved, ScheduleRunState.FAILED, "" + moved.error());
            case DISCARDED -> ended(moved, ScheduleRunState.FAILED, "its job was given up");
            case READY, RUNNING, RETRYING -> ended(moved, ScheduleRunState.STARTED, "");
        };
    }

    private static ScheduleRun ended(Followed moved, ScheduleRunState state, String why) {
        ScheduleRun run = moved.run();
        return new ScheduleRun(
                run.schedule(),
                run.businessDate(),
                run.dueAt(),
                state,
                run.cause(),
                run.startedAt(),
                state == ScheduleRunState.STARTED ? null : moved.ended(),
                run.jobId(),
                run.by(),
                why);
    }

    /// Whether there may be something to do, so that nothing is written where there is nothing.
    private boolean awaits(StoredSchedule schedule, Instant now) {
        if (pauseIsOver(schedule, now) || ahead(schedule, now)) {
            return true;
        }
        return schedule.spec().enabled()
                && (!dues(schedule, now).isEmpty()
                        || !schedule.pausedAt(now)
                                && store.read(handle -> mayGoOn(handle, schedule.name())));
    }

    private boolean mayGoOn(Handle handle, String name) {
        return !runs.in(handle, name, ScheduleRunState.WAITING).isEmpty()
                && runs.in(handle, name, ScheduleRunState.STARTED).isEmpty();
    }

    private static List<Due> dues(StoredSchedule schedule, Instant now) {
        try {
            return Specs.dues(schedule.spec()).between(schedule.seenUntil(), now);
        } catch (Refused e) { // it is shown as the schedule's problem
            return List.of();
        }
    }

    private void deal(Handle handle, String name, Instant now) {
        StoredSchedule schedule = schedules.lock(handle, name).orElse(null);
        if (schedule == null || schedule.removed()) {
            return;
        }
        if (ahead(schedule, now)) {
            turnBack(handle, schedule, now);
        } else if (schedule.spec().enabled()) {
            due(handle, schedule, now);
            goOn(handle, schedule, now);
        }
        if (pauseIsOver(schedule, now)) {
            schedules.pause(handle, name, null);
        }
        schedules.find(handle, name).ifPresent(changed -> views.publish(handle, changed));
    }

    private void due(Handle handle, StoredSchedule schedule, Instant now) {
        List<Due> dues = dues(schedule, now);
        if (dues.isEmpty()) {
            return;
        }
        boolean busy = !runs.in(handle, schedule.name(), ScheduleRunState.STARTED).isEmpty();
        for (Step step : Plan.of(schedule, dues, busy, now)) {
            take(handle, schedule, step, now);
        }
        schedules.seen(handle, schedule.name(), dues.getLast().at());
    }

    private void take(Handle handle, StoredSchedule schedule, Step step, Instant now) {
        if (step.state() == ScheduleRunState.STARTED) {
            starter.start(handle, schedule, step.due(), step.cause(), now);
        } else {
            starter.note(
                    handle,
                    Starter.run(
                            schedule.name(),
                            step.due(),
                            step.state(),
                            step.cause(),
                            now,
                            null,
                            step.reason()));
        }
    }

    /// Starts the run that waits longest, if none is on any more.
    private void goOn(Handle handle, StoredSchedule schedule, Instant now) {
        if (!schedule.pausedAt(now) && mayGoOn(handle, schedule.name())) {
            ScheduleRun waiting =
                    runs.in(handle, schedule.name(), ScheduleRunState.WAITING).getFirst();
            starter.begin(handle, schedule, started(waiting, now), false);
        }
    }

    private static ScheduleRun started(ScheduleRun run, Instant now) {
        return new ScheduleRun(
                run.schedule(),
                run.businessDate(),
                run.dueAt(),
                ScheduleRunState.STARTED,
                run.cause(),
                now,
                null,
                null,
                run.by(),
                "");
    }

    /// The clock went back: what was written down for times to come is taken back, so that it can
    /// come due again. What was started stays, and is not started twice.
    private void turnBack(Handle handle, StoredSchedule schedule, Instant now) {
        LOG.log(
                WARNING,
                "the clock is before {0}, until when {1} was dealt with: it looks again from {2}",
                schedule.seenUntil(),
                schedule.name(),
                now);
        for (ScheduleRun run : runs.premature(handle, schedule.name(), now)) {
            runs.remove(handle, run);
            views.gone(handle, run);
        }
        schedules.seen(handle, schedule.name(), now);
    }

    private static boolean ahead(StoredSchedule schedule, Instant now) {
        return schedule.seenUntil().minus(SKEW).isAfter(now);
    }

    private static boolean pauseIsOver(StoredSchedule schedule, Instant now) {
        var pause = schedule.pause();
        return pause != null && pause.until() != null && !now.isBefore(pause.until());
    }

    private void failed(StoredSchedule schedule, Exception e, Instant now) {
        int times = failures.merge(schedule.name(), 1, Integer::sum);
        LOG.log(ERROR, "the schedule " + schedule.name() + " could not be dealt with", e);
        if (times >= TRIES) {
            try {
                store.writing(handle -> giveUp(handle, schedule.name(), reason(e), now));
                failures.remove(schedule.name());
            } catch (Exception again) { // nor must this: it is tried again in a second
                LOG.log(ERROR, "nor could that be written down", again);
            }
        }
    }

    private static String reason(Exception e) {
        return "It could not be started: " + e.getClass().getSimpleName() + ". See the log.";
    }

    /// The runs that can't be started are written down as failed; a person may run them.
    private void giveUp(Handle handle, String name, String reason, Instant now) {
        StoredSchedule schedule = schedules.lock(handle, name).orElseThrow();
        List<Due> dues = dues(schedule, now);
        for (Due due : dues) {
            starter.note(
                    handle,
                    Starter.run(
                            name,
                            due,
                            ScheduleRunState.FAILED,
                            RunCause.SCHEDULED,
                            now,
                            null,
                            reason));
        }
        if (!dues.isEmpty()) {
            schedules.seen(handle, name, dues.getLast().at());
        }
        views.publish(handle, schedules.find(handle, name).orElseThrow());
    }
}
