package dev.slipway.console.queues;

import dev.slipway.api.access.Role;
import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.Pause;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Confirmation;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;

import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// Pauses the thing that is selected, and lets it go on: a queue, a type of job, a schedule.
public final class HoldViewModel {
    private final HoldCommands commands;
    private final String texts;
    private final Commander commander;
    private final Consumer<String> tell;
    private final Access access;
    private final InstantSource clock;
    private final Wording words;
    private final SimpleObjectProperty<@Nullable Selected> selected =
            new SimpleObjectProperty<>(this, "selected", null);
    private final ReadOnlyStringWrapper standing = new ReadOnlyStringWrapper(this, "standing", "");
    private final Gate pauseGate;
    private final Gate resumeGate;

    /// @param texts what the texts' keys begin with: `hold.queue`, say
    /// @param tell shows that it was done
    public HoldViewModel(
            HoldCommands commands,
            String texts,
            Commander commander,
            Consumer<String> tell,
            Access access,
            InstantSource clock,
            Wording words) {
        this.commands = commands;
        this.texts = texts;
        this.commander = commander;
        this.tell = tell;
        this.access = access;
        this.clock = clock;
        this.words = words;
        Gate may = access.to(Role.OPERATOR, Role.ONCALL).also(commander.busy());
        pauseGate =
                may.also(
                        Bindings.createStringBinding(
                                () -> selected.get() == null ? words.say(texts + ".none") : "",
                                selected));
        resumeGate =
                pauseGate.also(
                        Bindings.createStringBinding(
                                () -> {
                                    Selected now = selected.get();
                                    return now != null && now.hold == null
                                            ? words.say("hold.notPaused")
                                            : "";
                                },
                                selected));
    }

    /// @param name what is selected, or null
    /// @param hold its pause, or null
    public void select(@Nullable String name, @Nullable Hold hold) {
        selected.set(name == null ? null : new Selected(name, hold));
        standing.set(
                name == null || hold == null
                        ? ""
                        : name + ": " + HoldText.of(hold, clock.instant(), words));
    }

    /// What a pause would do, for a person to confirm and to give a reason for.
    public Optional<Confirmation> beforePause() {
        Selected now = selected.get();
        return now == null || !pauseGate.open()
                ? Optional.empty()
                : Optional.of(
                        new Confirmation(
                                words.say(texts + ".ask", now.name),
                                words.say(texts + ".text"),
                                words.say("hold.pause.verb"),
                                access.place(),
                                true));
    }

    public void pause(String reason, HoldLength length) {
        Selected now = selected.get();
        if (now != null && pauseGate.open()) {
            var pause = new Pause(reason, length.until(clock.instant(), ZoneId.systemDefault()));
            give(
                    () -> {
                        commands.pause(now.name, pause);
                        return now.name;
                    },
                    "hold.paused");
        }
    }

    public void resume() {
        Selected now = selected.get();
        if (now != null && resumeGate.open()) {
            give(
                    () -> {
                        commands.resume(now.name);
                        return now.name;
                    },
                    "hold.resumed");
        }
    }

    private void give(Callable<String> command, String done) {
        commander.give(command, name -> tell.accept(words.say(done, name)));
    }

    public Gate pauseGate() {
        return pauseGate;
    }

    public Gate resumeGate() {
        return resumeGate;
    }

    /// The pause of what is selected, in full, or empty.
    public ReadOnlyStringProperty standing() {
        return standing.getReadOnlyProperty();
    }

    private record Selected(String name, @Nullable Hold hold) {}
}
