package dev.slipway.console.schedules;

import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Rows;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The schedules, the dates of the selected one, and what can be done to it.
public final class SchedulesViewModel {
    private final ScheduleCommands commands;
    private final InstantSource clock;
    private final Wording words;

    private final ObservableList<ScheduleRow> rows = FXCollections.observableArrayList();
    private final ObservableList<PlannedRow> planned = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<LoadState<List<Schedule>>> state =
            new ReadOnlyObjectWrapper<>(this, "state", new LoadState.Idle<>());

    private final Choice choice;
    private final Acts acts;
    private final Pausing pausing;
    private final Running running;
    private final Skipping skipping;
    private final Restoring restoring;

    /// @param tell shows what came about
    public SchedulesViewModel(
            ScheduleCommands commands,
            Commander commander,
            Access access,
            InstantSource clock,
            Wording words,
            Consumer<String> tell) {
        this.commands = commands;
        this.clock = clock;
        this.words = words;
        this.choice = new Choice(clock);
        this.acts = new Acts(choice, commander, access, words, tell);
        this.pausing = new Pausing(commands, choice, acts, clock, words);
        this.running = new Running(commands, choice, acts, pausing, clock, words);
        this.skipping = new Skipping(commands, choice, acts, words);
        this.restoring = new Restoring(commands, choice, acts, words);
    }

    public void show(LoadState<List<Schedule>> fresh) {
        state.set(fresh);
        refresh();
    }

    public void showRuns(LoadState<List<ScheduleRun>> fresh) {
        fresh.value().ifPresent(choice::showRuns);
        refresh();
    }

    /// Brings what the time changes up to date; called every second.
    public void tick() {
        refresh();
    }

    private void refresh() {
        Instant now = clock.instant();
        List<Schedule> all = state.get().value().orElse(List.of());
        Rows.show(
                rows,
                all.stream()
                        .map(one -> ScheduleRow.of(one, choice.runsOf(one.name()), now, words))
                        .sorted(ScheduleRow.WORST_FIRST)
                        .toList(),
                row -> row.schedule().name());
        choice.renew(all);
        showPlanned();
    }

    private void showPlanned() {
        Schedule one = choice.selected().get();
        Instant now = clock.instant();
        Rows.show(
                planned,
                one == null
                        ? List.<PlannedRow>of()
                        : one.next().stream()
                                .map(run -> PlannedRow.of(run, one.spec().zone(), now, words))
                                .toList(),
                row -> row.run().businessDate());
    }

    /// Selects a schedule, and the date of it that wants someone's attention.
    public void select(@Nullable Schedule schedule) {
        choice.select(schedule);
        showPlanned();
    }

    /// Names what removing takes, to be confirmed.
    public Optional<Asked> beforeRemove() {
        Schedule one = choice.selected().get();
        if (one == null || !acts.open().open()) {
            return Optional.empty();
        }
        var question =
                acts.question(
                        words.say("schedules.remove.title", one.name()),
                        words.say("schedules.remove.text"),
                        words.say("schedules.remove.verb"),
                        true);
        return Optional.of(new Asked(question, why -> remove(one.name(), why)));
    }

    private void remove(String name, String why) {
        acts.giveConfirmed(
                () -> commands.remove(name, why), _ -> acts.done("schedules.removed", name));
    }

    public ObservableList<ScheduleRow> rows() {
        return rows;
    }

    /// The next ten dates of the selected schedule.
    public ObservableList<PlannedRow> planned() {
        return planned;
    }

    public ReadOnlyObjectProperty<LoadState<List<Schedule>>> state() {
        return state.getReadOnlyProperty();
    }

    /// What the acts are about.
    Choice choice() {
        return choice;
    }

    /// Who may act, and on what.
    Acts acts() {
        return acts;
    }

    Pausing pausing() {
        return pausing;
    }

    Running running() {
        return running;
    }

    Skipping skipping() {
        return skipping;
    }

    Restoring restoring() {
        return restoring;
    }
}
