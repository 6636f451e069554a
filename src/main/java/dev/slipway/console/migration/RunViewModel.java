package dev.slipway.console.migration;

import dev.slipway.api.access.Role;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Confirmation;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;
import dev.slipway.console.table.Rows;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The runs, and the one that is looked at: its figures, its steps, pause, resume and cancel.
public final class RunViewModel {
    private static final Set<RunState> PAUSABLE = EnumSet.of(RunState.QUEUED, RunState.RUNNING);
    private static final Set<RunState> RESUMABLE = EnumSet.of(RunState.PAUSED, RunState.FAILED);

    private final Commander commander;
    private final Access access;
    private final InstantSource clock;
    private final Wording words;
    private final ObservableList<Run> runs = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<LoadState<List<Run>>> state =
            new ReadOnlyObjectWrapper<>(this, "state", new LoadState.Idle<>());
    private final ObjectProperty<@Nullable Run> selected =
            new SimpleObjectProperty<>(this, "selected", null);
    private final ReadOnlyStringWrapper runId = new ReadOnlyStringWrapper(this, "runId", "");
    private final ObservableList<StepRow> steps = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable StepRow> step =
            new SimpleObjectProperty<>(this, "step", null);
    private final ReadOnlyStringWrapper figures = new ReadOnlyStringWrapper(this, "figures", "");
    private final ReadOnlyStringWrapper reason = new ReadOnlyStringWrapper(this, "reason", "");
    private final Gate pauseGate;
    private final Gate resumeGate;
    private final Gate cancelGate;
    private final MigrationCommands commands;
    private String chosenStep = "";

    public RunViewModel(
            MigrationCommands commands,
            Commander commander,
            Access access,
            InstantSource clock,
            Wording words) {
        this.commands = commands;
        this.commander = commander;
        this.access = access;
        this.clock = clock;
        this.words = words;
        Gate operator = access.to(Role.OPERATOR, Role.ONCALL).also(commander.busy());
        pauseGate = gate(operator, PAUSABLE, "run.notPausable");
        resumeGate = gate(operator, RESUMABLE, "run.notResumable");
        cancelGate =
                gate(
                        operator,
                        EnumSet.of(
                                RunState.QUEUED,
                                RunState.RUNNING,
                                RunState.PAUSING,
                                RunState.PAUSED,
                                RunState.FAILED),
                        "run.notCancellable");
        selected.addListener((_, _, run) -> lookAt(run));
    }

    public void show(LoadState<List<Run>> fresh) {
        state.set(fresh);
        List<Run> all = fresh.value().orElse(List.of());
        Rows.show(runs, all, Run::id);
        Optional<Run> same = all.stream().filter(run -> run.id().equals(runId.get())).findFirst();
        selected.set(same.or(() -> all.stream().findFirst()).orElse(null));
    }

    /// Looks at another run; it stays looked at whatever newer run begins.
    public void select(Run run) {
        selected.set(run);
    }

    /// Looks at the chunks of a step; until one is chosen those of the step at work are shown.
    public void choose(StepRow row) {
        chosenStep = row.step().name();
        step.set(row);
    }

    /// Shows a run that was started a moment ago, before the live stream brings it.
    public void started(Run run) {
        if (runs.stream().noneMatch(known -> known.id().equals(run.id()))) {
            runs.addFirst(run);
        }
        selected.set(run);
    }

    public void pause() {
        command(pauseGate, commands::pause);
    }

    public void resume() {
        command(resumeGate, commands::resume);
    }

    /// Names what a cancellation would end, for a person to confirm.
    public Optional<Confirmation> beforeCancel() {
        Run run = selected.get();
        return run == null || !cancelGate.open()
                ? Optional.empty()
                : Optional.of(
                        new Confirmation(
                                words.say("run.cancel.title", run.plan()),
                                words.say(
                                        "run.cancel.text",
                                        Figures.count(
                                                run.steps().stream()
                                                        .mapToLong(StepProgress::read)
                                                        .sum())),
                                words.say("run.cancel.verb"),
                                access.place(),
                                false));
    }

    public void cancel() {
        command(cancelGate, commands::cancel);
    }

    /// Brings ages up to date; called every second.
    public void tick() {
        Run run = selected.get();
        if (run != null) {
            figures.set(describe(run));
        }
    }

    private void command(Gate gate, Act act) {
        Run run = selected.get();
        if (run != null && gate.open()) {
            commander.give(() -> act.on(run.id()), this::changed);
        }
    }

    /// Shows what a command made of a run, before the live stream brings it.
    void changed(Run run) {
        if (run.id().equals(runId.get())) {
            selected.set(run);
        }
    }

    private void lookAt(@Nullable Run run) {
        if (run == null) {
            runId.set("");
            steps.clear();
            figures.set("");
            reason.set("");
            return;
        }
        if (!run.id().equals(runId.get())) {
            chosenStep = "";
        }
        runId.set(run.id());
        figures.set(describe(run));
        reason.set(Objects.requireNonNullElse(run.reason(), ""));
        Rows.show(
                steps,
                run.steps().stream().map(progress -> StepRow.of(progress, words)).toList(),
                row -> row.step().name());
        step.set(
                steps.stream()
                        .filter(row -> row.step().name().equals(chosenStep))
                        .findFirst()
                        .or(() -> StepRow.liveliest(steps))
                        .orElse(null));
    }

    private String describe(Run run) {
        long read = run.steps().stream().mapToLong(StepProgress::read).sum();
        long rows = run.steps().stream().mapToLong(StepProgress::rows).sum();
        Long eta = run.etaSeconds();
        return words.say(
                "run.figures",
                Figures.count(read),
                Figures.count(Math.max(rows, read)),
                Figures.rate(run.rowsPerSecond()),
                eta == null ? Figures.UNKNOWN : Figures.duration(Duration.ofSeconds(eta)),
                run.startedBy(),
                Figures.moment(run.createdAt(), clock.instant()),
                run.startedAt() == null
                        ? Figures.UNKNOWN
                        : Figures.age(
                                run.startedAt(),
                                Objects.requireNonNullElseGet(run.endedAt(), clock::instant)));
    }

    private Gate gate(Gate operator, Set<RunState> states, String key) {
        return operator.on(
                selected,
                words.say("run.none"),
                run ->
                        states.contains(run.state())
                                ? ""
                                : words.say(key, words.of("runState", run.state())));
    }

    public ObservableList<Run> runs() {
        return runs;
    }

    public ReadOnlyObjectProperty<LoadState<List<Run>>> state() {
        return state.getReadOnlyProperty();
    }

    /// The run that is looked at.
    public ReadOnlyObjectProperty<@Nullable Run> selected() {
        return selected;
    }

    /// Its id, or empty: changes only when another run is looked at.
    public ReadOnlyStringProperty runId() {
        return runId.getReadOnlyProperty();
    }

    public ObservableList<StepRow> steps() {
        return steps;
    }

    /// The step whose chunks are shown.
    public ReadOnlyObjectProperty<@Nullable StepRow> step() {
        return step;
    }

    public ReadOnlyStringProperty figures() {
        return figures.getReadOnlyProperty();
    }

    /// Why it paused, failed or is invalid; or empty.
    public ReadOnlyStringProperty reason() {
        return reason.getReadOnlyProperty();
    }

    public Gate pauseGate() {
        return pauseGate;
    }

    public Gate resumeGate() {
        return resumeGate;
    }

    public Gate cancelGate() {
        return cancelGate;
    }

    @FunctionalInterface
    private interface Act {
        Run on(String id) throws ProblemException;
    }
}
