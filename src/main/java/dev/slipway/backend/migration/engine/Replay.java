package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.QuarantineState;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.api.migration.Replayed;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.StepState;
import dev.slipway.api.migration.Validation;
import dev.slipway.api.migration.Waiting;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.ledger.Chunks;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.LedgerRun;
import dev.slipway.backend.migration.ledger.LedgerStep;
import dev.slipway.backend.migration.ledger.Quarantine;
import dev.slipway.backend.migration.ledger.QuarantineFilter;
import dev.slipway.backend.migration.ledger.Replays;
import dev.slipway.backend.migration.ledger.Validations;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.Schema;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.throttle.Gate;
import dev.slipway.config.BadFile;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Maps and writes open rows of a run's quarantine once more, parents before their children, and
/// checks again what that touches. Rows that are refused again stay open with their new reason.
public final class Replay {
    private static final String UNCHECKED =
            "what was replayed stands, but is not checked yet: %s. Let the run go on, and it is checked";
    private final MigrationPlan plan;
    private final Source source;
    private final Target target;
    private final Converters converters;
    private final Control control;
    private final InstantSource clock;
    private final Ledger ledger;
    private final Replays replays;
    private Listener listener = Listener.NONE;
    private Consumer<Replayed> progress = _ -> {};
    private Gate gate = Gate.OPEN;

    /// @param plan the run's own, or a changed one
    public Replay(
            MigrationPlan plan,
            Source source,
            Target target,
            Converters converters,
            Control control,
            InstantSource clock) {
        this.plan = plan;
        this.source = source;
        this.target = target;
        this.converters = converters;
        this.control = control;
        this.clock = clock;
        this.ledger = new Ledger(target, clock);
        this.replays = new Replays(ledger);
    }

    /// Is told what is checked and how the steps then stand.
    public Replay listener(Listener other) {
        this.listener = other;
        return this;
    }

    /// Is told after every few rows how far it is.
    public Replay progress(Consumer<Replayed> other) {
        this.progress = other;
        return this;
    }

    /// Reads from the source only when a gate lets it, and no faster than the plan or the control
    /// says. Who made the gate closes it.
    public Replay gently(Gate way) {
        this.gate = way;
        return this;
    }

    /// Replays the open ones among some rows. Told to stop, it checks what was replayed, or leaves
    /// the run paused if the checks would have to wait.
    ///
    /// @param runId whose rows; empty for the plan's latest run
    /// @param by who asked for it
    /// @param older reads the plan that the run went by before
    /// @throws BadFile if the plan does not fit the databases
    /// @throws Stopped if the run has not copied everything, if the plan was changed in a way that
    ///   rows which stand in the target do not follow, or if it was stopped while it waited to
    ///   begin; nothing was changed then
    /// @throws SQLException if a database fails; what was done stands, and replaying again goes on
    public ReplayOutcome run(
            String runId, QuarantineFilter which, String by, PlanChange.Reader older)
            throws SQLException, Stopped {
        var passage = new Passage(control, gate, plan.throttle(), listener);
        Control.Signal signal = passage.toCheck(target);
        if (signal != Control.Signal.GO) {
            throw new Stopped(why(passage, signal) + "; nothing was changed");
        }
        ledger.prepare();
        LedgerRun run = known(runId);
        Map<String, PreparedStep> steps = prepared(plan);
        atItsEnd(run, steps);
        Hand hand = hand(source, run, steps);
        // whoever checks holds nothing that a wait would have to keep
        Hand checking = hand(new PassedSource(source, passage, target), run, steps);
        boolean changed = !run.hash().equals(plan.hash());
        if (changed) {
            change(run, steps, checking, passage, by, older);
        }
        long wanted = new Quarantine(ledger).count(run.id(), which.in(QuarantineState.OPEN));
        int number = replays.begin(run.id(), by, wanted, changed);
        target.connection().commit();
        progress.accept(replays.find(run.id(), number));
        for (PreparedStep step : steps.values()) {
            if (which.touches(step.step().name())) {
                var replay = new StepReplay(run.id(), number, by, step, hand, passage);
                replay(replay, which, run.id(), number, passage);
            }
        }
        passage.tell();
        return ended(run.id(), number, steps, checking, passage);
    }

    private Hand hand(Source from, LedgerRun run, Map<String, PreparedStep> steps)
            throws SQLException {
        var worker = new Worker("replay");
        return new Hand(from, target, steps, clock, worker, ledger.keySpace(run.id()));
    }

    private void change(
            LedgerRun run,
            Map<String, PreparedStep> steps,
            Hand checking,
            Passage passage,
            String by,
            PlanChange.Reader older)
            throws SQLException, Stopped {
        var change = new PlanChange(run.id(), plan, steps, checking, older, this::prepared);
        try {
            change.check(run);
        } catch (NotNow e) {
            target.connection().rollback();
            throw new Stopped(why(passage, e.signal()) + "; nothing was changed");
        }
        change.make(run, by);
    }

    private LedgerRun known(String runId) throws SQLException, Stopped {
        LedgerRun run =
                (runId.isEmpty() ? ledger.latest(plan.name()) : ledger.run(runId)).orElse(null);
        target.connection().rollback();
        if (run == null) {
            throw new Stopped(
                    "no run of the plan '%s' stands in the target; nothing was changed"
                            .formatted(plan.name()));
        }
        if (run.state() == RunState.CANCELLED) {
            throw new Stopped("run " + run.id() + " was cancelled; nothing was changed");
        }
        Stopped.ifMixed(run);
        return run;
    }

    private Map<String, PreparedStep> prepared(MigrationPlan of) throws SQLException {
        var preparation = new Preparation(of, source, target, converters);
        Map<String, PreparedStep> steps = preparation.prepare(false);
        target.connection().rollback();
        if (!preparation.problems().none()) {
            throw new BadFile(of.name(), preparation.problems().all());
        }
        return steps;
    }

    private void atItsEnd(LedgerRun run, Map<String, PreparedStep> steps)
            throws SQLException, Stopped {
        boolean copied = true;
        var chunks = new Chunks(ledger, new Worker("replay"));
        for (String step : steps.keySet()) {
            LedgerStep known = ledger.step(run.id(), step).orElse(null);
            copied &= known == null || (known.opened() && !chunks.anyOpen(run.id(), step));
        }
        Schema schema = plan.schemas().get(target.dialect());
        boolean after = schema == null || schema.after().isEmpty() || ledger.finished(run.id());
        target.connection().rollback();
        if (!copied || !after) {
            throw new Stopped(
                    "run %s has not copied everything yet; nothing was changed. Let it end first"
                            .formatted(run.id()));
        }
    }

    private void replay(
            StepReplay step, QuarantineFilter which, String runId, int number, Passage passage)
            throws SQLException {
        Quarantined last = null;
        while (passage.toChunk(() -> false, target) == Control.Signal.GO) {
            last = step.next(which, last);
            if (last == null) {
                return;
            }
            progress.accept(replays.find(runId, number));
            target.connection().rollback();
            passage.tell();
        }
    }

    private ReplayOutcome ended(
            String runId, int number, Map<String, PreparedStep> steps, Hand hand, Passage passage)
            throws SQLException {
        String unchecked = "";
        var checks = new ReplayChecks(runId, plan, steps, hand, listener);
        try {
            checks.all();
        } catch (NotNow e) {
            target.connection().rollback();
            unchecked = UNCHECKED.formatted(why(passage, e.signal()));
        }
        replays.hold(runId);
        List<Validation> all = new Validations(ledger).of(runId);
        List<String> red =
                all.stream()
                        .filter(v -> !v.passed())
                        .map(v -> (v.step() + " " + v.name()).strip())
                        .toList();
        RunState state =
                !unchecked.isEmpty()
                        ? RunState.PAUSED
                        : red.isEmpty() ? RunState.VALIDATED : RunState.INVALID;
        ledger.state(runId, state);
        replays.end(runId, number);
        target.connection().commit();
        target.durable();
        Replayed replayed = replays.find(runId, number);
        progress.accept(replayed);
        var told = new Progress(runId, steps, ledger, hand.chunks, listener);
        for (PreparedStep step : steps.values()) {
            told.state(step, state(step.step().name(), all));
        }
        String reason =
                !unchecked.isEmpty() || red.isEmpty()
                        ? unchecked
                        : "red: " + String.join("; ", red);
        return new ReplayOutcome(replayed, state, told.all(), all, reason);
    }

    private static StepState state(String step, List<Validation> all) {
        List<Validation> its = all.stream().filter(v -> v.step().equals(step)).toList();
        if (its.isEmpty()) {
            return StepState.VALIDATING;
        }
        return its.stream().allMatch(Validation::passed) ? StepState.VALIDATED : StepState.INVALID;
    }

    private static String why(Passage passage, Control.Signal signal) {
        Waiting waiting = passage.waiting();
        if (waiting == null) {
            return "it was stopped";
        }
        return signal == Control.Signal.CLOSED
                ? waiting.reason()
                : "it was stopped while it waited: " + waiting.reason();
    }
}
