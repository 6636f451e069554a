package dev.slipway.console.queues;

import dev.slipway.api.access.Role;
import dev.slipway.api.queues.JobState;
import dev.slipway.api.queues.NewRepair;
import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.RepairAct;
import dev.slipway.api.queues.RepairState;
import dev.slipway.api.queues.StartRepair;
import dev.slipway.client.calls.JobQuery;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Confirmation;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// One act on all failed jobs that match the filter: counted, looked at, started, watched, stopped.
public final class RepairViewModel {
    private final RepairCommands commands;
    private final ReadOnlyObjectProperty<JobQuery> query;
    private final Commander commander;
    private final Access access;
    private final Wording words;
    private final RepairText text;

    private final ObjectProperty<RepairAct> act =
            new SimpleObjectProperty<>(this, "act", RepairAct.RETRY);
    private final StringProperty target = new SimpleStringProperty(this, "target", "");
    private final RepairPace pace = new RepairPace();
    private final ReadOnlyBooleanWrapper open = new ReadOnlyBooleanWrapper(this, "open", false);
    private final ReadOnlyObjectWrapper<@Nullable Repair> repair =
            new ReadOnlyObjectWrapper<>(this, "repair", null);
    private List<Repair> known = List.of();
    private final Gate countGate;
    private final Gate startGate;
    private final Gate pauseGate;
    private final Gate resumeGate;
    private final Gate cancelGate;

    /// @param query what the list of jobs shows
    public RepairViewModel(
            RepairCommands commands,
            ReadOnlyObjectProperty<JobQuery> query,
            Commander commander,
            Access access,
            Wording words) {
        this.commands = commands;
        this.query = query;
        this.commander = commander;
        this.access = access;
        this.words = words;
        this.text = new RepairText(words);
        Gate may = access.to(Role.OPERATOR, Role.ONCALL).also(commander.busy());
        this.countGate =
                may.also(Bindings.createStringBinding(this::whyNotCount, query, act, target));
        this.startGate =
                in(may, "repair.notCounted", RepairState.COUNTED)
                        .also(
                                Bindings.createStringBinding(
                                        this::whyNotStart,
                                        repair,
                                        query,
                                        act,
                                        target,
                                        pace.rate(),
                                        pace.probe(),
                                        pace.stop()));
        this.pauseGate = in(may, "repair.notUnderWay", RepairState.PROBING, RepairState.RUNNING);
        this.resumeGate = in(may, "repair.notHeld", RepairState.PAUSED, RepairState.STOPPED);
        this.cancelGate =
                in(
                        may,
                        "repair.nothingToCancel",
                        RepairState.COUNTING,
                        RepairState.COUNTED,
                        RepairState.PROBING,
                        RepairState.RUNNING,
                        RepairState.PAUSED,
                        RepairState.STOPPED);
    }

    private Gate in(Gate may, String key, RepairState... states) {
        Set<RepairState> allowed = Set.of(states);
        String why = words.say(key);
        return may.on(repair, why, now -> allowed.contains(now.state()) ? "" : why);
    }

    private String whyNotCount() {
        JobState state = query.get().state();
        if (state != null && state != JobState.DEAD) {
            return words.say("repair.onlyDead");
        }
        return act.get() == RepairAct.MOVE && target.get().isBlank()
                ? words.say("repair.noTarget")
                : "";
    }

    private String whyNotStart() {
        Repair now = repair.get();
        if (now == null) {
            return words.say("repair.notCounted");
        }
        if (now.preview().total() == 0) {
            return words.say("repair.nothing");
        }
        if (!asked().equals(new NewRepair(now.act(), now.filter(), now.target()))) {
            return words.say("repair.other");
        }
        return pace.how("x").isPresent() ? "" : words.say("repair.badFigures");
    }

    /// Shows or hides the repair. If none was looked at, the newest that has not ended is.
    public void toggle() {
        open.set(!open.get());
        if (open.get() && repair.get() == null) {
            known.stream().filter(r -> !r.state().ended()).findFirst().ifPresent(this::show);
        }
    }

    /// Has the failed jobs counted that the list shows; nothing is done to them.
    public void count() {
        if (countGate.open()) {
            open.set(true);
            NewRepair asked = asked();
            commander.give(() -> commands.preview(asked), this::show);
        }
    }

    private NewRepair asked() {
        String queue = target.get().strip();
        return new NewRepair(
                act.get(),
                query.get().failed(),
                act.get() == RepairAct.MOVE && !queue.isEmpty() ? queue : null);
    }

    /// Names what a start would do, for a person to confirm.
    public Optional<Confirmation> beforeStart() {
        Repair now = repair.get();
        if (now == null || !startGate.open()) {
            return Optional.empty();
        }
        StartRepair how = pace.how("x").orElseThrow();
        return Optional.of(
                new Confirmation(
                        text.question(now),
                        text.consequence(now, how),
                        words.say("repair.verb." + now.act(), Figures.count(now.preview().total())),
                        access.place(),
                        now.act() == RepairAct.DISCARD));
    }

    public void start(String reason) {
        Repair now = repair.get();
        Optional<StartRepair> how = pace.how(reason);
        if (now != null && how.isPresent() && startGate.open()) {
            commander.give(() -> commands.start(now.id(), how.get()), this::show);
        }
    }

    public void pause() {
        give(pauseGate, commands::pause);
    }

    public void resume() {
        give(resumeGate, commands::resume);
    }

    public void cancel() {
        give(cancelGate, commands::cancel);
    }

    private interface Act {
        Repair of(String id) throws ProblemException;
    }

    private void give(Gate gate, Act act) {
        Repair now = repair.get();
        if (now != null && gate.open()) {
            commander.give(() -> act.of(now.id()), this::show);
        }
    }

    /// What is under way goes by its own figures, whatever was typed before.
    private void show(Repair fresh) {
        repair.set(fresh);
        if (underWay(fresh)) {
            act.set(fresh.act());
            target.set(Objects.requireNonNullElse(fresh.target(), ""));
            pace.show(fresh.how());
        }
    }

    /// Whether what is shown is under way, so that its figures can't be chosen.
    public boolean fixed() {
        Repair now = repair.get();
        return now != null && underWay(now);
    }

    /// The repairs as the store has them. One that is shown is kept up to date; if none is, one
    /// that is under way is shown, whoever started it.
    public void showAll(LoadState<List<Repair>> state) {
        known = state.value().orElse(List.of());
        Repair shown = repair.get();
        if (shown == null) {
            known.stream().filter(RepairViewModel::underWay).findFirst().ifPresent(this::found);
        } else if (!shown.state().ended()) {
            known.stream().filter(r -> r.id().equals(shown.id())).findFirst().ifPresent(this::show);
        }
    }

    private void found(Repair running) {
        show(running);
        open.set(true);
    }

    private static boolean underWay(Repair repair) {
        return switch (repair.state()) {
            case PROBING, RUNNING, PAUSED, SETTLING -> true;
            case COUNTING, COUNTED, DONE, STOPPED, CANCELLED, EXPIRED -> false;
        };
    }

    public ObjectProperty<RepairAct> act() {
        return act;
    }

    public StringProperty target() {
        return target;
    }

    public RepairPace pace() {
        return pace;
    }

    public ReadOnlyBooleanProperty open() {
        return open.getReadOnlyProperty();
    }

    /// The repair that is shown, or null.
    public ReadOnlyObjectProperty<@Nullable Repair> repair() {
        return repair.getReadOnlyProperty();
    }

    /// What it is and how it stands, in a line.
    public String headline() {
        Repair now = repair.get();
        return now == null ? words.say("repair.none") : text.headline(now);
    }

    /// What is to be known besides.
    public String detail() {
        Repair now = repair.get();
        return now == null ? "" : text.detail(now, pace.how("x"));
    }

    /// 0 to 1, or less than 0 where nothing can be told of it.
    public double share() {
        Repair now = repair.get();
        if (now == null || now.preview().total() == 0 || now.state() == RepairState.COUNTED) {
            return 0;
        }
        return now.state() == RepairState.COUNTING
                ? -1
                : (double) now.progress().moved() / now.preview().total();
    }

    public Gate countGate() {
        return countGate;
    }

    public Gate startGate() {
        return startGate;
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
}
