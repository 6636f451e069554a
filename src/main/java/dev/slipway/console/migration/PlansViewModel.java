package dev.slipway.console.migration;

import dev.slipway.api.access.Role;
import dev.slipway.api.migration.Plan;
import dev.slipway.api.migration.PlanProblem;
import dev.slipway.api.migration.Run;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Rows;

import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The plans, what is wrong in them, and the start of a run.
public final class PlansViewModel {
    private final MigrationCommands commands;
    private final Commander commander;
    private final Consumer<Run> started;
    private final Wording words;
    private final ObservableList<Plan> plans = FXCollections.observableArrayList();
    private final ObservableList<Run> runs;
    private final ReadOnlyObjectWrapper<LoadState<List<Plan>>> state =
            new ReadOnlyObjectWrapper<>(this, "state", new LoadState.Idle<>());
    private final ObjectProperty<@Nullable Plan> selected =
            new SimpleObjectProperty<>(this, "selected", null);
    private final ObservableList<PlanLine> lines = FXCollections.observableArrayList();
    private final ObservableList<PlanProblem> problems = FXCollections.observableArrayList();
    private final Gate startGate;
    private final Gate checkGate;
    private final Check check;

    /// @param runs all runs: a plan that runs can't be started again
    /// @param check fetches the plans anew into the store
    /// @param started told of a run that was started here
    public PlansViewModel(
            MigrationCommands commands,
            Commander commander,
            Access access,
            ObservableList<Run> runs,
            Check check,
            Consumer<Run> started,
            Wording words) {
        this.commands = commands;
        this.commander = commander;
        this.started = started;
        this.runs = runs;
        this.words = words;
        selected.addListener((_, _, plan) -> lookAt(plan));
        this.check = check;
        this.checkGate = access.to(Role.values()).also(commander.busy());
        this.startGate =
                Gate.of(
                        access.to(Role.OPERATOR, Role.ONCALL).reason(),
                        commander.busy(),
                        Bindings.createStringBinding(this::whyNotStart, selected, runs));
    }

    public void show(LoadState<List<Plan>> fresh) {
        state.set(fresh);
        Rows.show(plans, fresh.value().orElse(List.of()), Plan::name);
        Plan now = selected.get();
        Optional<Plan> same =
                plans.stream()
                        .filter(plan -> now != null && plan.name().equals(now.name()))
                        .findFirst();
        selected.set(same.or(() -> plans.stream().findFirst()).orElse(null));
    }

    public void start() {
        Plan plan = selected.get();
        if (plan != null && startGate.open()) {
            commander.give(() -> commands.start(plan.name()), started);
        }
    }

    /// Has all plans read anew and held against their databases.
    public void check() {
        if (checkGate.open()) {
            List<String> known = plans.stream().map(Plan::name).toList();
            commander.give(
                    () -> {
                        check.plans(known);
                        return known;
                    },
                    _ -> {});
        }
    }

    /// Fetches the plans anew. Blocks.
    @FunctionalInterface
    public interface Check {
        /// @param known the names of those that are kept
        void plans(List<String> known) throws ProblemException;
    }

    private void lookAt(@Nullable Plan plan) {
        lines.setAll(plan == null ? List.of() : PlanLine.of(plan));
        problems.setAll(plan == null ? List.of() : plan.problems());
    }

    private String whyNotStart() {
        Plan plan = selected.get();
        if (plan == null) {
            return words.say("plans.noneSelected");
        }
        if (!plan.problems().isEmpty()) {
            return words.say("plans.wrong", plan.problems().size());
        }
        String standing = plan.validatedRun();
        if (standing != null) {
            return words.say("plans.stands", standing);
        }
        return runs.stream()
                .filter(run -> run.plan().equals(plan.name()) && !run.state().ended())
                .findFirst()
                .map(run -> words.say("plans.runs", words.of("runState", run.state())))
                .orElse("");
    }

    public ObservableList<Plan> plans() {
        return plans;
    }

    public ReadOnlyObjectProperty<LoadState<List<Plan>>> state() {
        return state.getReadOnlyProperty();
    }

    public ObjectProperty<@Nullable Plan> selected() {
        return selected;
    }

    /// The selected plan's text.
    public ObservableList<PlanLine> lines() {
        return lines;
    }

    /// What is wrong in the selected plan.
    public ObservableList<PlanProblem> problems() {
        return problems;
    }

    public Gate checkGate() {
        return checkGate;
    }

    public Gate startGate() {
        return startGate;
    }
}
