package dev.slipway.backend.migration;

import dev.slipway.api.Page;
import dev.slipway.api.events.Change;
import dev.slipway.api.events.Kind;
import dev.slipway.api.migration.Pace;
import dev.slipway.api.migration.Plan;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunState;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.Step;
import dev.slipway.backend.queues.JobQueue;
import dev.slipway.backend.queues.JobQueue.NewJob;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/// What a person sees of plans and runs, and may do to them.
public final class MigrationService {
    /// With the waits between them a database may be away for about two minutes.
    private static final int ATTEMPTS = 8;

    static final int MOST_ROWS_PER_SECOND = 10_000_000;
    private static final int MOST_CHUNK_ROWS = 100_000;
    private static final int RUNS_IN_SNAPSHOT = 20;
    private static final Duration PLANS_KEPT = Duration.ofSeconds(30);

    private final StateStore store;
    private final MigrationStore runs;
    private final JobQueue queue;
    private final PlanFolder plans;
    private final InstantSource clock;
    private volatile Seen seen = new Seen(Instant.EPOCH, List.of());

    public MigrationService(
            StateStore store,
            MigrationStore runs,
            JobQueue queue,
            PlanFolder plans,
            InstantSource clock) {
        this.store = store;
        this.runs = runs;
        this.queue = queue;
        this.plans = plans;
        this.clock = clock;
    }

    private record Seen(Instant at, List<Plan> plans) {}

    /// Every plan, held against its databases.
    public List<Plan> plans() {
        List<Plan> checked = plans.all();
        seen = new Seen(clock.instant(), checked);
        return checked;
    }

    /// Asks for a run of a plan.
    ///
    /// @throws Refused 404, 409 if one is open or a validated one stands in the target, 422 if the
    ///   plan has problems
    public Effect<Run> start(String plan, String user) {
        String yaml = plans.yaml(plan).orElseThrow(() -> Refused.notFound("plan", plan));
        Plan checked = plans.checked(plan, yaml);
        if (!checked.problems().isEmpty()) {
            var first = checked.problems().getFirst();
            throw new Refused(
                    422,
                    "plan",
                    "The plan has %d problems; nothing was started. Line %d: %s"
                            .formatted(checked.problems().size(), first.line(), first.message()),
                    List.of());
        }
        String standing = checked.validatedRun();
        if (standing != null) {
            throw Refused.conflict(
                    "Run %s of this plan is validated and stands in the target; nothing was started. Empty its tables (%s) or drop all of them to migrate anew; what Slipway notes beside them it puts right by itself."
                            .formatted(standing, targets(plans.read(plan, yaml))));
        }
        return Effect.of(
                handle -> {
                    runs.open(handle, plan)
                            .ifPresent(
                                    open -> {
                                        throw Refused.conflict(
                                                "Run %s of this plan is %s; nothing was started."
                                                        .formatted(
                                                                open.run().id(),
                                                                word(open.run().state())));
                                    });
                    refuseWhileSynced(handle, plan);
                    return begin(handle, plan, yaml, user);
                });
    }

    private static String targets(MigrationPlan plan) {
        return plan.steps().stream().map(Step::target).distinct().collect(Collectors.joining(", "));
    }

    private void refuseWhileSynced(Handle handle, String plan) {
        runs.synced(handle, plan)
                .ifPresent(
                        run -> {
                            throw Refused.conflict(
                                    "The sync goes on with run %s of this plan; nothing was started. Stop it first."
                                            .formatted(run));
                        });
    }

    private Run begin(Handle handle, String plan, String yaml, String user) {
        String id = UUID.randomUUID().toString();
        String job = publish(handle, id, plan, 1);
        var timing = Runs.timing(plans.read(plan, yaml));
        var run =
                new Run(
                        id,
                        plan,
                        RunState.QUEUED,
                        user,
                        clock.instant(),
                        null,
                        null,
                        List.of(),
                        0,
                        null,
                        null,
                        job,
                        timing);
        runs.add(handle, run, yaml);
        return run;
    }

    private String publish(Handle handle, String runId, String plan, int time) {
        return queue.publish(
                handle,
                new NewJob(
                        RunJob.QUEUE,
                        RunJob.TYPE,
                        "migration of " + plan,
                        runId + "/" + time,
                        new RunJob(runId),
                        ATTEMPTS));
    }

    public Run run(String id) {
        return store.read(
                handle ->
                        runs.find(handle, id)
                                .map(StoredRun::run)
                                .orElseThrow(() -> Refused.notFound("run", id)));
    }

    /// Runs, newest first.
    public Page<Run> page(long before, int limit) {
        return store.read(
                handle -> {
                    var found = runs.page(handle, before, limit + 1);
                    boolean more = found.size() > limit;
                    var shown = more ? found.subList(0, limit) : found;
                    return new Page<>(
                            shown.stream().map(MigrationStore.Numbered::run).toList(),
                            more ? Long.toString(shown.getLast().number()) : null,
                            runs.count(handle));
                });
    }

    /// Pauses, resumes or cancels a run.
    ///
    /// @throws Refused 404, or 409 if that can't be done to it now
    Effect<Run> act(String id, Runs.Act act, String reason) {
        return Effect.of(
                handle -> {
                    StoredRun known =
                            runs.find(handle, id).orElseThrow(() -> Refused.notFound("run", id));
                    RunState state = known.run().state();
                    RunState then =
                            Runs.after(state, act)
                                    .orElseThrow(
                                            () ->
                                                    Refused.conflict(
                                                            "The run is %s; nothing was changed."
                                                                    .formatted(word(state))));
                    String why = act == Runs.Act.RESUME || reason.isBlank() ? null : reason;
                    Run run = Runs.in(known.run(), then, clock.instant(), why);
                    if (then == RunState.QUEUED) {
                        String job = publish(handle, id, run.plan(), known.jobs() + 1);
                        runs.carriedBy(handle, id, job);
                        run = Runs.carriedBy(run, job);
                    }
                    runs.save(handle, run);
                    return run;
                });
    }

    /// Changes how fast a run reads, from its next chunk on.
    ///
    /// @throws Refused 404, 409 if the run is over, 400 if the pace can't be
    Effect<Run> pace(String id, Pace pace) {
        bounded("rowsPerSecond", pace.rowsPerSecond(), MOST_ROWS_PER_SECOND);
        bounded("chunkRows", pace.chunkRows(), MOST_CHUNK_ROWS);
        return Effect.of(
                handle -> {
                    StoredRun known =
                            runs.find(handle, id).orElseThrow(() -> Refused.notFound("run", id));
                    if (known.run().state().ended()) {
                        throw Refused.conflict(
                                "The run is %s; nothing was changed."
                                        .formatted(word(known.run().state())));
                    }
                    Run run = Runs.timed(known.run(), known.run().timing().withPace(pace));
                    runs.save(handle, run);
                    return run;
                });
    }

    static void bounded(String field, int value, int most) {
        if (value < 0 || value > most) {
            throw Refused.badRequest(
                    field, "From 1 to %,d, or 0 for what the plan says.".formatted(most));
        }
    }

    private static String word(RunState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /// The plans, as they were found not long ago, and the latest runs.
    public List<Change> snapshot() {
        Instant now = clock.instant();
        Seen known = seen;
        List<Plan> all = known.at().plus(PLANS_KEPT).isBefore(now) ? plans() : known.plans();
        List<Change> changes = new ArrayList<>();
        for (Plan plan : all) {
            changes.add(new Change(Kind.PLAN.wire(), plan.name(), now, plan));
        }
        for (Run run : page(0, RUNS_IN_SNAPSHOT).items()) {
            changes.add(new Change(Kind.RUN.wire(), run.id(), now, run));
        }
        return changes;
    }
}
