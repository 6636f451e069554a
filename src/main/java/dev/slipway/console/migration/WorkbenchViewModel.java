package dev.slipway.console.migration;

import dev.slipway.api.Page;
import dev.slipway.api.access.Role;
import dev.slipway.api.migration.ActOnQuarantine;
import dev.slipway.api.migration.QuarantineActed;
import dev.slipway.api.migration.QuarantineChoice;
import dev.slipway.api.migration.QuarantineState;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.api.migration.QuarantinedRow;
import dev.slipway.api.migration.ReplayQuarantine;
import dev.slipway.client.calls.QuarantineQuery;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Confirmation;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What is done about the rows in quarantine: they are left behind, taken up again, replayed.
/// Before rows are touched a person sees how many they are, and some of them.
public final class WorkbenchViewModel {
    private static final int SAMPLES = 5;
    private final QuarantineCommands commands;
    private final QuarantineViewModel rows;
    private final Commander commander;
    private final Access access;
    private final Consumer<String> tell;
    private final Wording words;
    private final ObservableList<Quarantined> chosen = FXCollections.observableArrayList();
    private final BooleanProperty everyRow = new SimpleBooleanProperty(this, "everyRow");
    private final BooleanProperty changedPlan = new SimpleBooleanProperty(this, "changedPlan");
    private final Gate may;
    private final Gate acceptGate;
    private final Gate reopenGate;
    private final Gate replayGate;
    private final CorrectionViewModel correction;
    private final ReplaysViewModel replays;

    /// What is done with rows that were chosen.
    public enum Act {
        ACCEPT,
        REOPEN,
        REPLAY
    }

    /// An act with the rows that it would touch.
    ///
    /// @param run whose rows; another may be looked at by the time it is confirmed
    /// @param which the rows
    public record Asked(Act act, String run, QuarantineChoice which, Confirmation confirmation) {}

    public WorkbenchViewModel(
            QuarantineCommands commands,
            QuarantineViewModel rows,
            Commander commander,
            Access access,
            Consumer<String> tell,
            Wording words) {
        this.commands = commands;
        this.rows = rows;
        this.commander = commander;
        this.access = access;
        this.tell = tell;
        this.words = words;
        this.may = access.to(Role.OPERATOR, Role.ONCALL).also(commander.busy());
        this.replays = new ReplaysViewModel(words);
        this.correction =
                new CorrectionViewModel(
                        commands, chosen, commander, may, acted("workbench.corrected"), words);
        this.acceptGate = may.also(whyNot(QuarantineState.OPEN, "workbench.noneOpen"));
        this.reopenGate = may.also(whyNot(QuarantineState.ACCEPTED, "workbench.noneAccepted"));
        this.replayGate = may.also(whyNot(QuarantineState.OPEN, "workbench.noneOpen"));
    }

    private ObservableValue<String> whyNot(QuarantineState state, String none) {
        return Bindings.createStringBinding(
                () ->
                        everyRow.get() || chosen.stream().anyMatch(row -> row.state() == state)
                                ? ""
                                : words.say(none),
                chosen,
                everyRow);
    }

    /// The rows that a person chose.
    public void choose(List<Quarantined> now) {
        chosen.setAll(now);
        correction.chosen();
    }

    private Consumer<QuarantineActed> acted(String done) {
        return result -> {
            tell.accept(words.say(done, Figures.count(result.rows())));
            rows.reload();
        };
    }

    /// Finds out what an act would touch, so that a person can confirm it.
    ///
    /// @param ask is given it, unless it can't be done now
    public void prepare(Act act, Consumer<Asked> ask) {
        if (!gate(act).open()) {
            return;
        }
        QuarantineState state = act == Act.REOPEN ? QuarantineState.ACCEPTED : QuarantineState.OPEN;
        if (everyRow.get()) {
            QuarantineQuery shown = rows.query().get();
            var meant =
                    new QuarantineQuery(
                            shown.runId(),
                            shown.step(),
                            shown.column(),
                            shown.rule(),
                            state,
                            shown.text());
            commander.give(() -> commands.preview(meant), page -> preview(act, meant, page, ask));
        } else {
            List<Quarantined> meant = chosen.stream().filter(row -> row.state() == state).toList();
            List<QuarantinedRow> names =
                    meant.stream().map(row -> new QuarantinedRow(row.step(), row.key())).toList();
            var which = new QuarantineChoice("", null, "", "", names);
            ask.accept(asked(act, rows.query().get().runId(), which, meant.size(), meant));
        }
    }

    private void preview(
            Act act, QuarantineQuery meant, Page<Quarantined> page, Consumer<Asked> ask) {
        var which =
                new QuarantineChoice(
                        Objects.requireNonNullElse(meant.step(), ""),
                        meant.column(),
                        Objects.requireNonNullElse(meant.rule(), ""),
                        meant.text(),
                        List.of());
        long all = Optional.ofNullable(page.total()).orElse((long) page.items().size());
        ask.accept(asked(act, meant.runId(), which, all, page.items()));
    }

    private Asked asked(
            Act act, String run, QuarantineChoice which, long count, List<Quarantined> some) {
        String samples =
                some.stream()
                        .limit(SAMPLES)
                        .map(
                                row ->
                                        words.say(
                                                "workbench.sample",
                                                row.step(),
                                                row.key(),
                                                QuarantineViewModel.quoted(row.value()),
                                                row.reason()))
                        .collect(Collectors.joining("\n"));
        String key = "workbench." + act.name().toLowerCase(java.util.Locale.ROOT);
        String plan = act == Act.REPLAY && changedPlan.get() ? words.say("workbench.withPlan") : "";
        return new Asked(
                act,
                run,
                which,
                new Confirmation(
                        words.say(key + ".title", Figures.count(count)),
                        words.say(key + ".text", samples, plan).strip(),
                        words.say(key + ".verb", Figures.count(count)),
                        access.place(),
                        act == Act.ACCEPT));
    }

    /// Does what was confirmed. That the rows were meanwhile taken from under the selection does
    /// not matter: they were named before.
    public void confirmed(Asked asked, String reason) {
        if (!may.open()) {
            tell.accept(may.reason().get());
            return;
        }
        String run = asked.run();
        var act = new ActOnQuarantine(asked.which(), reason);
        switch (asked.act()) {
            case ACCEPT ->
                    commander.give(() -> commands.accept(run, act), acted("workbench.accepted"));
            case REOPEN ->
                    commander.give(() -> commands.reopen(run, act), acted("workbench.reopened"));
            case REPLAY -> {
                var replay = new ReplayQuarantine(asked.which(), changedPlan.get());
                commander.give(
                        () -> commands.replay(run, replay),
                        _ -> {
                            replays.asked();
                            rows.reload();
                        });
            }
        }
    }

    private Gate gate(Act act) {
        return switch (act) {
            case ACCEPT -> acceptGate;
            case REOPEN -> reopenGate;
            case REPLAY -> replayGate;
        };
    }

    /// What the list shows, and so what is exported.
    public QuarantineQuery shown() {
        return rows.query().get();
    }

    /// Whether every row that the list would show is meant, not only the chosen ones.
    public BooleanProperty everyRow() {
        return everyRow;
    }

    /// Whether a replay takes the plan as it is now.
    public BooleanProperty changedPlan() {
        return changedPlan;
    }

    /// Another raw value for the chosen row.
    public CorrectionViewModel correction() {
        return correction;
    }

    public ReplaysViewModel replays() {
        return replays;
    }

    public Gate acceptGate() {
        return acceptGate;
    }

    public Gate reopenGate() {
        return reopenGate;
    }

    public Gate replayGate() {
        return replayGate;
    }
}
