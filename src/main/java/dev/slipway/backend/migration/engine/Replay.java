package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.QuarantineState;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.api.migration.Replayed;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.StepState;
import dev.slipway.api.migration.Validation;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.ledger.Chunks;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.LedgerRun;
import dev.slipway.backend.migration.ledger.LedgerStep;
import dev.slipway.backend.migration.ledger.Quarantine;
import dev.slipway.backend.migration.ledger.QuarantineFilter;
import dev.slipway.backend.migration.ledger.Replays;
import dev.slipway.backend.migration.ledger.StepTotals;
import dev.slipway.backend.migration.ledger.Validations;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.Schema;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.validation.StepView;
import dev.slipway.backend.migration.validation.Validator;
import dev.slipway.config.BadFile;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Maps and writes open rows of a run's quarantine once more, parents before their children, and
/// checks again what that touches. Rows that are refused again stay open with their new reason.
public final class Replay {
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

    /// Replays the open ones among some rows.
    ///
    /// @param runId whose rows; empty for the plan's latest run
    /// @param by who asked for it
    /// @param older reads the plan that the run went by before
    /// @throws BadFile if the plan does not fit the databases
    /// @throws Stopped if the run has not copied everything, or if the plan was changed in a way
    ///   that rows which stand in the target do not follow; nothing was changed then
    /// @throws SQLException if a database fails; what was done stands, and replaying again goes on
    public ReplayOutcome run(
            String runId, QuarantineFilter which, String by, PlanChange.Reader older)
            throws SQLException, Stopped {
        ledger.prepare();
        LedgerRun run = known(runId);
        Map<String, PreparedStep> steps = prepared(plan);
        atItsEnd(run, steps);
        var hand =
                new Hand(
                        source,
                        target,
                        steps,
                        clock,
                        new Worker("replay"),
                        ledger.keySpace(run.id()));
        boolean changed = !run.hash().equals(plan.hash());
        if (changed) {
            var change = new PlanChange(run.id(), plan, steps, hand, older, this::prepared);
            change.check(run);
            change.make(run, by);
        }
        long wanted = new Quarantine(ledger).count(run.id(), which.in(QuarantineState.OPEN));
        int number = replays.begin(run.id(), by, wanted, changed);
        target.connection().commit();
        progress.accept(replays.find(run.id(), number));
        for (PreparedStep step : steps.values()) {
            if (which.touches(step.step().name())) {
                replay(new StepReplay(run.id(), number, by, step, hand), which, run.id(), number);
            }
        }
        return finished(run.id(), number, hand, steps);
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

    private void replay(StepReplay step, QuarantineFilter which, String runId, int number)
            throws SQLException {
        Quarantined last = null;
        while (control.signal() == Control.Signal.GO) {
            last = step.next(which, last);
            if (last == null) {
                return;
            }
            progress.accept(replays.find(runId, number));
            target.connection().rollback();
        }
    }

    /// Checks every step whose checks no longer hold, and the whole.
    private ReplayOutcome finished(
            String runId, int number, Hand hand, Map<String, PreparedStep> steps)
            throws SQLException {
        var views = new LinkedHashMap<String, StepView>();
        steps.forEach((name, step) -> views.put(name, step.view()));
        Validator validator =
                new Validator(
                        runId,
                        plan,
                        source,
                        target,
                        ledger,
                        hand.chunks,
                        views,
                        new CellDiagnosis(runId, hand, steps));
        for (PreparedStep step : steps.values()) {
            String name = step.step().name();
            check(runId, hand, steps, name, () -> validator.step(step.view()));
        }
        check(runId, hand, steps, "", validator::whole);
        replays.hold(runId);
        List<Validation> all = new Validations(ledger).of(runId);
        List<String> red =
                all.stream()
                        .filter(v -> !v.passed())
                        .map(v -> (v.step() + " " + v.name()).strip())
                        .toList();
        RunState state = red.isEmpty() ? RunState.VALIDATED : RunState.INVALID;
        ledger.state(runId, state);
        replays.end(runId, number);
        target.connection().commit();
        target.durable();
        Replayed replayed = replays.find(runId, number);
        progress.accept(replayed);
        var told = new Progress(runId, steps, ledger, hand.chunks, listener);
        for (PreparedStep step : steps.values()) {
            boolean passed =
                    all.stream()
                            .filter(v -> v.step().equals(step.step().name()))
                            .allMatch(Validation::passed);
            told.state(step, passed ? StepState.VALIDATED : StepState.INVALID);
        }
        String reason = red.isEmpty() ? "" : "red: " + String.join("; ", red);
        return new ReplayOutcome(replayed, state, told.all(), all, reason);
    }

    private interface Check {
        List<Validation> run() throws SQLException;
    }

    /// Checks something, unless that was done since its rows changed last. Another replay waits
    /// while it is checked, but may come between that and the note of it: then it is checked again.
    private void check(
            String runId, Hand hand, Map<String, PreparedStep> steps, String name, Check check)
            throws SQLException {
        List<Validation> found;
        while (true) {
            replays.hold(runId);
            if (new Validations(ledger).of(runId).stream().anyMatch(v -> v.step().equals(name))) {
                ledger.commit();
                return;
            }
            List<StepTotals> before = totals(runId, hand, steps);
            found = check.run();
            replays.hold(runId);
            if (totals(runId, hand, steps).equals(before)) {
                note(runId, steps, found);
                return;
            }
            ledger.commit();
        }
    }

    private static List<StepTotals> totals(String runId, Hand hand, Map<String, PreparedStep> steps)
            throws SQLException {
        List<StepTotals> totals = new ArrayList<>();
        for (String name : steps.keySet()) {
            totals.add(hand.chunks.totals(runId, name));
        }
        return totals;
    }

    /// Keeps what was found, in the order of the steps.
    private void note(String runId, Map<String, PreparedStep> steps, List<Validation> found)
            throws SQLException {
        List<String> order = new ArrayList<>(steps.keySet());
        order.add("");
        List<Validation> all = new ArrayList<>(new Validations(ledger).of(runId));
        all.addAll(found);
        all.sort(Comparator.comparingInt(v -> order.indexOf(v.step())));
        new Validations(ledger).keep(0, all);
        target.connection().commit();
        found.forEach(listener::validation);
    }
}
