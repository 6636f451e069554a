package dev.slipway.console.migration;

import dev.slipway.api.access.Role;
import dev.slipway.api.migration.RunSync;
import dev.slipway.api.migration.SyncPace;
import dev.slipway.api.migration.SyncState;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;

import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/// How fast the sync that is looked at may read whole steps and what it compares.
public final class SyncPaceViewModel {
    private final SyncCommands commands;
    private final Commander commander;
    private final Wording words;
    private final ReadOnlyObjectProperty<@Nullable RunSync> sync;
    private final Consumer<RunSync> changed;
    private final StringProperty rate = new SimpleStringProperty(this, "rate", "");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");
    private final Gate gate;
    private String shownRun = "";
    private int shown;

    /// @param sync that is looked at
    /// @param changed takes it with its new pace
    SyncPaceViewModel(
            SyncCommands commands,
            Commander commander,
            Access access,
            Wording words,
            ReadOnlyObjectProperty<@Nullable RunSync> sync,
            Consumer<RunSync> changed) {
        this.commands = commands;
        this.commander = commander;
        this.words = words;
        this.sync = sync;
        this.changed = changed;
        this.gate =
                access.to(Role.OPERATOR, Role.ONCALL)
                        .also(commander.busy())
                        .also(Bindings.createStringBinding(this::over, sync));
        sync.addListener((_, _, now) -> lookAt(now));
        rate.addListener(_ -> problem.set(""));
    }

    private String over() {
        RunSync now = sync.get();
        if (now == null) {
            return words.say("sync.nothingToStop");
        }
        return now.state().ended() || now.state() == SyncState.STOPPING
                ? words.say("sync.pace.over", words.of("syncState", now.state()))
                : "";
    }

    private void lookAt(@Nullable RunSync now) {
        String run = now == null ? "" : now.runId();
        int pace = now == null ? 0 : now.rowsPerSecond();
        // what someone is typing is not written over by the same sync's news
        if (!run.equals(shownRun) || pace != shown) {
            shownRun = run;
            shown = pace;
            rate.set(TypedPace.text(pace));
            problem.set("");
        }
    }

    /// Sets the pace that was typed; empty: as the plan says.
    public void set() {
        RunSync now = sync.get();
        if (now == null || !gate.open()) {
            return;
        }
        TypedPace.read(rate.get(), TypedPace.MOST_ROWS_PER_SECOND, "pace.rate", words, problem::set)
                .ifPresent(
                        rows ->
                                commander.give(
                                        () -> commands.pace(now.runId(), new SyncPace(rows)),
                                        changed));
    }

    /// Rows per second as typed; empty: as the plan says.
    public StringProperty rate() {
        return rate;
    }

    /// What is wrong with what was typed; or empty.
    public ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }

    public Gate gate() {
        return gate;
    }
}
