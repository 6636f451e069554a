package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.api.migration.StepState;
import dev.slipway.api.migration.Validation;
import dev.slipway.api.migration.Waiting;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.ledger.Chunks;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.LedgerRun;
import dev.slipway.backend.migration.ledger.Validations;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.Schema;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.throttle.Bite;
import dev.slipway.backend.migration.throttle.Gate;
import dev.slipway.backend.migration.validation.StepView;
import dev.slipway.backend.migration.validation.Validator;
import dev.slipway.config.BadFile;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Runs a plan from where it stands to its end: schema, chunks, validation. Whatever dies, running
/// it again goes on.
public final class Engine {
    private final MigrationPlan plan;
    private final Source source;
    private final Target target;
    private final Listener listener;
    private final Control control;
    private final Converters converters;
    private final InstantSource clock;
    private final Ledger ledger;
    private final Worker worker;
    private int handCount = 1;
    private Gate gate = Gate.OPEN;

    public Engine(
            MigrationPlan plan,
            Source source,
            Target target,
            Converters converters,
            Listener listener,
            Control control,
            InstantSource clock,
            Worker worker) {
        this.plan = plan;
        this.source = source;
        this.target = target;
        this.converters = converters;
        this.listener = listener;
        this.control = control;
        this.clock = clock;
        this.ledger = new Ledger(target, clock);
        this.worker = worker;
    }

    /// Lets so many chunks be in work at once, each over connections of its own; as many as the
    /// target takes.
    public Engine hands(int count) {
        this.handCount = count;
        return this;
    }

    /// Reads from the source only when a gate lets it. Who made the gate closes it.
    public Engine gently(Gate way) {
        this.gate = way;
        return this;
    }

    /// Begins or goes on with a run.
    ///
    /// @param runId names the run when it is new; one that is unfinished keeps its name
    /// @throws BadFile if the plan does not fit the databases
    /// @throws Stopped if the run may not begin or go on
    /// @throws SQLException if a database fails; what was done stands, and running again goes on
    public Outcome run(String runId) throws SQLException, Stopped {
        return run(runId, false);
    }

    /// Begins or goes on with this very run. If another one of the plan left rows behind without
    /// being validated, they are taken out first.
    ///
    /// @throws BadFile if the plan does not fit the databases
    /// @throws Stopped if the run may not begin or go on
    /// @throws SQLException if a database fails; what was done stands, and running again goes on
    public Outcome runAs(String runId) throws SQLException, Stopped {
        return run(runId, true);
    }

    private Outcome run(String runId, boolean thisOne) throws SQLException, Stopped {
        try {
            return goOn(runId, thisOne);
        } catch (SQLException e) {
            throw target.full(e) ? noRoom(e) : e;
        }
    }

    private static SQLException noRoom(SQLException e) {
        String said =
                String.valueOf(e.getMessage())
                        .lines()
                        .map(String::strip)
                        .collect(Collectors.joining("; "));
        return new SQLException(
                "the target has no room left: %s. The chunks in work were undone, all chunks that had ended stand; make room there and go on"
                        .formatted(said),
                e.getSQLState(),
                e.getErrorCode(),
                e);
    }

    private Outcome goOn(String runId, boolean thisOne) throws SQLException, Stopped {
        var passage = new Passage(control, gate, plan.throttle(), listener);
        // the first looks at the source are no smaller than those that follow
        if (passage.toCheck(target) != Control.Signal.GO) {
            Waiting why = passage.waiting();
            String reason = why == null ? "paused before it began" : why.reason();
            return new Outcome(runId, RunState.PAUSED, List.of(), List.of(), reason, why);
        }
        ledger.prepare();
        var beginning = new Beginning(plan, source, target, ledger, new Chunks(ledger, worker));
        LedgerRun known = thisOne ? beginning.same(runId) : beginning.latest();
        var preparation = new Preparation(plan, source, target, converters);
        preparation.makeTables();
        Map<String, PreparedStep> steps = preparation.prepare(known == null);
        if (known == null) {
            preparation.rehearse();
        }
        if (!preparation.problems().none()) {
            target.connection().rollback();
            throw new BadFile(plan.name(), preparation.problems().all());
        }
        target.connection().commit();
        String id = known == null ? beginning.begin(runId, steps) : beginning.resume(known);
        if (!beginning.told().isEmpty()) {
            listener.told(beginning.told());
        }
        var first = new Hand(source, target, steps, clock, worker, ledger.keySpace(id));
        var views = new LinkedHashMap<String, StepView>();
        steps.forEach((name, step) -> views.put(name, step.view()));
        var progress = new Progress(id, steps, ledger, first.chunks, listener);
        try (var hands = new Hands(first, handCount);
                var checker =
                        new Checker(
                                hands,
                                passage,
                                (hand, from) -> validator(id, hand, from, steps, views))) {
            return new Running(id, steps, hands, passage, progress, checker).toTheEnd();
        }
    }

    private Validator validator(
            String id,
            Hand hand,
            Source from,
            Map<String, PreparedStep> steps,
            Map<String, StepView> views) {
        return new Validator(
                id,
                plan,
                from,
                hand.target,
                hand.ledger,
                hand.chunks,
                views,
                new CellDiagnosis(id, hand, steps));
    }

    /// One run under way.
    private final class Running {
        private final String id;
        private final Map<String, PreparedStep> steps;
        private final Hands hands;
        private final Passage passage;
        private final Progress progress;
        private final List<Validation> validations = new ArrayList<>();
        private final Checker checker;

        Running(
                String id,
                Map<String, PreparedStep> steps,
                Hands hands,
                Passage passage,
                Progress progress,
                Checker checker) {
            this.id = id;
            this.steps = steps;
            this.hands = hands;
            this.passage = passage;
            this.progress = progress;
            this.checker = checker;
        }

        Outcome toTheEnd() throws SQLException, Stopped {
            progress.tellAll();
            try {
                return copyAndCheck();
            } catch (NotNow e) {
                target.connection().rollback();
                return stopped(e.signal());
            }
        }

        private Outcome copyAndCheck() throws SQLException, Stopped {
            for (PreparedStep step : steps.values()) {
                progress.state(step, StepState.RUNNING);
                var signal = copy(step);
                if (signal != Control.Signal.GO) {
                    noteWhatMayBeChecked();
                    return stopped(signal);
                }
                progress.state(step, StepState.VALIDATING);
                checker.check(step);
                note(checker.ready());
            }
            checker.ask();
            if (checker.beside()) {
                finishSchemaBeside();
            }
            note(checker.rest());
            finishSchema();
            noteAll(checker.whole());
            return outcome();
        }

        private Control.Signal copy(PreparedStep step) throws SQLException {
            var bite = new Bite(plan.throttle().longestRead());
            var signal = new StepRunner(id, step, hands, progress, passage, bite).run();
            passage.tell();
            return signal;
        }

        private void noteWhatMayBeChecked() throws SQLException {
            try {
                note(checker.rest());
            } catch (NotNow e) {
                target.connection().rollback();
            }
        }

        private void note(List<Checker.Checked> steps) throws SQLException {
            for (Checker.Checked checked : steps) {
                progress.checked(checked.step(), checked.longestMillis());
                noteAll(checked.found());
                boolean passed = checked.found().stream().allMatch(Validation::passed);
                progress.state(checked.step(), passed ? StepState.VALIDATED : StepState.INVALID);
            }
        }

        private void noteAll(List<Validation> found) throws SQLException {
            new Validations(ledger).keep(validations.size(), found);
            target.connection().commit();
            validations.addAll(found);
            found.forEach(listener::validation);
        }

        /// Finishes the schema while the last steps are checked. If a check holds what it needs, or
        /// it fails, it is left to be done after them.
        private void finishSchemaBeside() throws SQLException {
            Schema schema = plan.schemas().get(target.dialect());
            if (finished() || schema == null || !schema.addsOnly()) {
                return;
            }
            try {
                target.impatient();
                runAfter();
            } catch (SQLException e) {
                // it is done again, alone, once the steps are checked
                target.connection().rollback();
            }
        }

        /// Foreign keys and indexes that the plan puts after the load. Each script runs once: the
        /// target remembers it.
        private void finishSchema() throws SQLException, Stopped {
            if (finished()) {
                return;
            }
            try {
                runAfter();
            } catch (SQLException e) {
                target.connection().rollback();
                ledger.state(id, RunState.FAILED);
                target.connection().commit();
                throw new Stopped(
                        "everything is copied, but the plan's 'after' failed: "
                                + e.getMessage()
                                + ". If it made this in an earlier run, drop all tables of the plan"
                                + " and start again");
            }
        }

        private Outcome stopped(Control.Signal signal) throws SQLException {
            Waiting waiting = passage.waiting();
            return switch (signal) {
                case CANCEL -> outcome(RunState.CANCELLED, "cancelled", null);
                case CLOSED ->
                        outcome(
                                RunState.PAUSED,
                                waiting == null ? "closed" : waiting.reason(),
                                waiting);
                case GO, PAUSE -> outcome(RunState.PAUSED, "paused at a chunk's end", null);
            };
        }

        private boolean finished() throws SQLException {
            Schema schema = plan.schemas().get(target.dialect());
            return schema == null || schema.after().isEmpty() || ledger.finished(id);
        }

        private void runAfter() throws SQLException {
            target.run(plan.after(target.dialect()));
            ledger.finish(id, plan.after(target.dialect()));
            target.connection().commit();
        }

        private Outcome outcome() throws SQLException {
            List<String> red =
                    validations.stream()
                            .filter(v -> !v.passed())
                            .map(v -> (v.step() + " " + v.name()).strip())
                            .toList();
            return red.isEmpty()
                    ? outcome(RunState.VALIDATED, "", null)
                    : outcome(RunState.INVALID, "red: " + String.join("; ", red), null);
        }

        private Outcome outcome(RunState state, String reason, @Nullable Waiting waiting)
                throws SQLException {
            target.durable();
            ledger.state(id, state);
            target.connection().commit();
            List<StepProgress> all = progress.all();
            return new Outcome(id, state, all, validations, reason, waiting);
        }
    }
}
