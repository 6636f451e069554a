package dev.slipway.console.migration;

import dev.slipway.api.access.Role;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.RunSync;
import dev.slipway.api.migration.StartSync;
import dev.slipway.api.migration.SyncState;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Confirmation;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The sync of the run that is looked at: how far it is behind, what it brought, when it was
/// verified, and how it is started and stopped.
public final class SyncViewModel {
    private final SyncCommands commands;
    private final Commander commander;
    private final Access access;
    private final InstantSource clock;
    private final Wording words;
    private final ReadOnlyObjectProperty<@Nullable Run> run;
    private final ReadOnlyObjectWrapper<LoadState<List<RunSync>>> state =
            new ReadOnlyObjectWrapper<>(this, "state", new LoadState.Idle<>());
    private final ReadOnlyObjectWrapper<@Nullable RunSync> sync =
            new ReadOnlyObjectWrapper<>(this, "sync", null);
    private final ReadOnlyStringWrapper tab = new ReadOnlyStringWrapper(this, "tab", "");
    private final ReadOnlyStringWrapper headline = new ReadOnlyStringWrapper(this, "headline", "");
    private final ReadOnlyStringWrapper figures = new ReadOnlyStringWrapper(this, "figures", "");
    private final ReadOnlyStringWrapper checks = new ReadOnlyStringWrapper(this, "checks", "");
    private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper(this, "trouble", "");
    private final ReadOnlyBooleanWrapper silent = new ReadOnlyBooleanWrapper(this, "silent");
    private final Gate startGate;
    private final Gate anewGate;
    private final Gate stopGate;
    private final SyncPaceViewModel pace;

    /// @param run that is looked at
    SyncViewModel(
            SyncCommands commands,
            Commander commander,
            Access access,
            InstantSource clock,
            Wording words,
            ReadOnlyObjectProperty<@Nullable Run> run) {
        this.commands = commands;
        this.commander = commander;
        this.access = access;
        this.clock = clock;
        this.words = words;
        this.run = run;
        Gate operator = access.to(Role.OPERATOR, Role.ONCALL).also(commander.busy());
        startGate = operator.also(Bindings.createStringBinding(this::notStartable, run, sync));
        anewGate = operator.also(Bindings.createStringBinding(this::notStartable, run, sync));
        stopGate = operator.also(Bindings.createStringBinding(this::notStoppable, run, sync));
        pace =
                new SyncPaceViewModel(
                        commands,
                        commander,
                        access,
                        words,
                        sync.getReadOnlyProperty(),
                        this::changed);
        run.addListener(_ -> pick());
        tick();
    }

    public void show(LoadState<List<RunSync>> fresh) {
        state.set(fresh);
        pick();
    }

    private void pick() {
        Run now = run.get();
        sync.set(
                state.get().value().orElse(List.of()).stream()
                        .filter(known -> now != null && known.runId().equals(now.id()))
                        .findFirst()
                        .orElse(null));
        tick();
    }

    private String notStartable() {
        Run now = run.get();
        if (now == null) {
            return words.say("run.none");
        }
        if (now.state() != RunState.VALIDATED && now.state() != RunState.INVALID) {
            return words.say("sync.notCopied", words.of("runState", now.state()));
        }
        RunSync known = sync.get();
        return known == null || known.state().ended()
                ? ""
                : words.say("sync.goesOn", words.of("syncState", known.state()));
    }

    private String notStoppable() {
        RunSync known = sync.get();
        if (known == null) {
            return words.say("sync.nothingToStop");
        }
        return known.state().ended() || known.state() == SyncState.STOPPING
                ? words.say("sync.notStoppable", words.of("syncState", known.state()))
                : "";
    }

    /// Brings ages up to date; called every second.
    public void tick() {
        Instant now = clock.instant();
        RunSync known = sync.get();
        headline.set(
                known == null ? words.say("sync.empty") : Readiness.of(known, now, words).text());
        tab.set(
                known == null
                        ? words.say("sync.tab")
                        : words.say("sync.tabState", shortly(known, now)));
        silent.set(known != null && works(known) && Readiness.silent(known, now));
        figures.set(known == null ? "" : figures(known, now));
        checks.set(known == null ? "" : checks(known, now));
        trouble.set(known == null ? "" : trouble(known));
    }

    private String shortly(RunSync known, Instant now) {
        if (!works(known)) {
            return words.of("syncState", known.state());
        }
        if (Readiness.silent(known, now)) {
            return words.say("sync.noNews", Figures.age(known.toldAt(), now));
        }
        var lag = Readiness.lag(known, now);
        return lag.isEmpty()
                ? words.of("syncState", known.state())
                : words.say("sync.behind", Figures.duration(Duration.ofSeconds(lag.getAsLong())));
    }

    private static boolean works(RunSync known) {
        return known.state() == SyncState.CURRENT || known.state() == SyncState.CATCHING_UP;
    }

    private String figures(RunSync known, Instant now) {
        return words.say(
                "sync.figures",
                Figures.count(known.changes()),
                Figures.count(known.waiting()),
                Figures.count(known.inserted()),
                Figures.count(known.updated()),
                Figures.count(known.deleted()),
                known.position().isEmpty() ? Figures.UNKNOWN : known.position(),
                known.startedBy(),
                Figures.moment(known.startedAt(), now),
                Figures.age(known.toldAt(), now));
    }

    private String checks(RunSync known, Instant now) {
        return known.wholeAt() == null
                ? words.say("sync.wholeNever")
                : words.say("sync.whole", Figures.age(known.wholeAt(), now));
    }

    private String trouble(RunSync known) {
        List<String> said = new ArrayList<>();
        if (!known.difference().isEmpty()) {
            said.add(words.say("sync.difference", known.difference()));
        }
        String reason = Objects.requireNonNullElse(known.reason(), "");
        if (!reason.isEmpty()) {
            said.add(
                    known.state() == SyncState.FAILED
                            ? words.say("sync.failed", reason)
                            : words.say(
                                    "sync.because", words.of("syncState", known.state()), reason));
        }
        return String.join("\n", said);
    }

    /// Starts it, or lets it go on where it was.
    public void start() {
        give(startGate, id -> commands.start(id, StartSync.ON));
    }

    /// Names what beginning anew does, for a person to confirm.
    public Optional<Confirmation> beforeAnew() {
        Run now = run.get();
        return now == null || !anewGate.open()
                ? Optional.empty()
                : Optional.of(
                        new Confirmation(
                                words.say("sync.anew.title", now.plan()),
                                words.say("sync.anew.text"),
                                words.say("sync.anew.verb"),
                                access.place(),
                                false));
    }

    public void anew() {
        give(anewGate, id -> commands.start(id, StartSync.ANEW));
    }

    public void stop() {
        give(stopGate, commands::stop);
    }

    private interface Act {
        RunSync on(String run) throws dev.slipway.client.http.ProblemException;
    }

    private void give(Gate gate, Act act) {
        Run now = run.get();
        if (now != null && gate.open()) {
            commander.give(() -> act.on(now.id()), this::changed);
        }
    }

    /// Shows what a command made of it, before the live stream brings it.
    private void changed(RunSync fresh) {
        Run now = run.get();
        if (now != null && fresh.runId().equals(now.id())) {
            sync.set(fresh);
            tick();
        }
    }

    public ReadOnlyObjectProperty<LoadState<List<RunSync>>> state() {
        return state.getReadOnlyProperty();
    }

    /// The sync, or null if the run has none.
    public ReadOnlyObjectProperty<@Nullable RunSync> sync() {
        return sync.getReadOnlyProperty();
    }

    /// The tab's title, with how it stands.
    public ReadOnlyStringProperty tab() {
        return tab.getReadOnlyProperty();
    }

    /// How far it is, or how to begin.
    public ReadOnlyStringProperty headline() {
        return headline.getReadOnlyProperty();
    }

    /// What it brought, and since when.
    public ReadOnlyStringProperty figures() {
        return figures.getReadOnlyProperty();
    }

    /// When every row had been compared.
    public ReadOnlyStringProperty checks() {
        return checks.getReadOnlyProperty();
    }

    /// Whether it should go on and is not heard of: then its state is not to be taken for true.
    public ReadOnlyBooleanProperty silent() {
        return silent.getReadOnlyProperty();
    }

    /// What is wrong and what to do; or empty.
    public ReadOnlyStringProperty trouble() {
        return trouble.getReadOnlyProperty();
    }

    /// How fast it may read beside what the source's log names.
    public SyncPaceViewModel pace() {
        return pace;
    }

    public Gate startGate() {
        return startGate;
    }

    public Gate anewGate() {
        return anewGate;
    }

    public Gate stopGate() {
        return stopGate;
    }
}
