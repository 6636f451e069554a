package dev.slipway.console.launch;

import dev.slipway.api.Reason;
import dev.slipway.api.access.Role;
import dev.slipway.api.launch.Launch;
import dev.slipway.api.launch.SetWeight;
import dev.slipway.api.metrics.Window;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;
import dev.slipway.console.table.Rows;

import javafx.beans.binding.Bindings;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;

/// Where the traffic goes, and the commands that move it.
public final class LaunchViewModel {
    /// The shares that one button each sets.
    public static final List<Integer> STEPS = List.of(0, 1, 5, 10, 25, 50, 75, 100);

    /// No share is chosen: it isn't known yet which one stands.
    static final int NONE = -1;

    static final Duration WINDOW = Duration.ofMinutes(1);

    private final LaunchCommands commands;
    private final Commander commander;
    private final RollBack rollBack;
    private final InstantSource clock;
    private final Wording words;

    private final ObjectProperty<LoadState<Launch>> state =
            new SimpleObjectProperty<>(this, "state", new LoadState.Idle<>());
    private final ReadOnlyObjectWrapper<@Nullable Launch> launch =
            new ReadOnlyObjectWrapper<>(this, "launch", null);
    private final Shares shares;
    private final CutOver cutOver;
    private final ReadOnlyBooleanWrapper held = new ReadOnlyBooleanWrapper(this, "held");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");
    private final ReadOnlyStringWrapper change = new ReadOnlyStringWrapper(this, "change", "");
    private final ObservableList<PoolRow> pools = FXCollections.observableArrayList();

    private final IntegerProperty wanted = new SimpleIntegerProperty(this, "wanted", NONE);
    private final StringProperty reason = new SimpleStringProperty(this, "reason", "");
    private boolean touched;

    private final Gate setGate;
    private final Gate holdGate;
    private final Gate rollBackGate;

    public LaunchViewModel(
            LaunchCommands commands,
            Commander commander,
            RollBack rollBack,
            Access access,
            InstantSource clock,
            Wording words) {
        this.commands = commands;
        this.commander = commander;
        this.rollBack = rollBack;
        this.clock = clock;
        this.words = words;
        this.shares = new Shares(words);
        this.cutOver = new CutOver(clock, words);
        ObservableValue<String> unknown = text(this::unknown, launch);
        this.setGate =
                Gate.of(
                        access.to(Role.ONCALL, Role.OPERATOR).reason(),
                        commander.busy(),
                        unknown,
                        text(this::whyNotSet, launch, wanted, reason));
        this.holdGate =
                Gate.of(
                        access.to(Role.ONCALL, Role.OPERATOR).reason(),
                        commander.busy(),
                        unknown,
                        text(this::whyNotResume, reason, held));
        this.rollBackGate = access.evenOffline(Role.ONCALL, Role.OPERATOR);
        rollBack.outcome().addListener((_, _, outcome) -> rolledBack(outcome));
    }

    public void show(LoadState<Launch> fresh) {
        state.set(fresh);
        fresh.value().ifPresent(this::take);
    }

    /// The windows of all pools and routes; the last minute of all routes is taken.
    public void showWindows(LoadState<List<Window>> windows) {
        List<PoolRow> fresh =
                windows.value().orElse(List.of()).stream()
                        .filter(w -> w.window().equals(WINDOW) && w.route().equals("*"))
                        .sorted(Comparator.comparing(Window::pool))
                        .map(w -> PoolRow.of(w, words.say("launch.tooFew")))
                        .toList();
        Rows.show(pools, fresh, PoolRow::pool);
    }

    /// Brings ages up to date; called every second.
    public void tick() {
        Launch now = launch.get();
        if (now != null) {
            change.set(describe(now));
        }
        cutOver.judge();
    }

    /// Picks a share without setting it yet.
    public void want(int percent) {
        touched = true;
        wanted.set(Math.clamp(percent, 0, 100));
    }

    public void setWeight() {
        Launch now = launch.get();
        if (now == null || !setGate.open()) {
            return;
        }
        var body = new SetWeight(wanted.get(), now.intended(), reason.get().strip());
        commander.give(() -> commands.setWeight(body), this::done);
    }

    /// Holds, or resumes when it is held.
    public void holdOrResume() {
        if (!holdGate.open()) {
            return;
        }
        var why = new Reason(reason.get().strip());
        boolean resume = held.get();
        commander.give(() -> resume ? commands.resume(why) : commands.hold(why), this::done);
    }

    public void rollBack() {
        if (rollBackGate.open()) {
            rollBack.press(reason.get().strip());
        }
    }

    private void rolledBack(RollBack.Outcome outcome) {
        if (outcome instanceof RollBack.Outcome.Done(var fresh, var _)) {
            done(fresh);
        }
    }

    private void done(Launch fresh) {
        touched = false;
        reason.set("");
        take(fresh);
    }

    private void take(Launch fresh) {
        launch.set(fresh);
        held.set(fresh.held());
        problem.set(fresh.problem() == null ? "" : fresh.problem());
        change.set(describe(fresh));
        shares.show(fresh);
        if (!touched) {
            wanted.set(fresh.intended());
        }
    }

    private String describe(Launch now) {
        if (now.changedAt().equals(Instant.EPOCH)) {
            return words.say("launch.neverChanged");
        }
        return words.say(
                now.reason().isBlank() ? "launch.changed.noReason" : "launch.changed",
                now.changedBy(),
                Figures.moment(now.changedAt(), clock.instant()),
                Figures.age(now.changedAt(), clock.instant()),
                now.reason());
    }

    private String unknown() {
        return launch.get() == null ? words.say("launch.unknown") : "";
    }

    private String whyNotSet() {
        Launch now = launch.get();
        if (now == null) {
            return "";
        }
        if (wanted.get() == now.intended()) {
            return words.say("launch.same", now.intended());
        }
        if (now.held() && wanted.get() > now.intended()) {
            return words.say("launch.heldNoRaise");
        }
        return whyNotWithoutReason();
    }

    /// Holding is the safe side and asks for nothing; letting go asks why.
    private String whyNotResume() {
        return held.get() ? whyNotWithoutReason() : "";
    }

    private String whyNotWithoutReason() {
        return reason.get().isBlank() ? words.say("launch.needsReason") : "";
    }

    private static ObservableValue<String> text(
            java.util.concurrent.Callable<String> value, javafx.beans.Observable... dependencies) {
        return Bindings.createStringBinding(value, dependencies);
    }

    public ReadOnlyObjectProperty<LoadState<Launch>> state() {
        return state;
    }

    public Shares shares() {
        return shares;
    }

    public CutOver cutOver() {
        return cutOver;
    }

    public ReadOnlyBooleanProperty held() {
        return held.getReadOnlyProperty();
    }

    /// What is wrong with the router, or empty.
    public ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }

    /// Who changed it last, when and why.
    public ReadOnlyStringProperty change() {
        return change.getReadOnlyProperty();
    }

    public ObservableList<PoolRow> pools() {
        return pools;
    }

    public IntegerProperty wanted() {
        return wanted;
    }

    public StringProperty reason() {
        return reason;
    }

    public Gate setGate() {
        return setGate;
    }

    public Gate holdGate() {
        return holdGate;
    }

    public Gate rollBackGate() {
        return rollBackGate;
    }

    public ReadOnlyObjectProperty<RollBack.Outcome> rollBackOutcome() {
        return rollBack.outcome();
    }
}
