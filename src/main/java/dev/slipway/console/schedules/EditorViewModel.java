package dev.slipway.console.schedules;

import dev.slipway.api.schedules.AddSchedule;
import dev.slipway.api.schedules.ChangeSchedule;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.api.schedules.ScheduleRunState;
import dev.slipway.api.schedules.ScheduleSpec;
import dev.slipway.api.schedules.ScheduleTask;
import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// A schedule while someone edits it; nothing that was typed is lost when the backend refuses it.
public final class EditorViewModel {
    private final ScheduleCommands commands;
    private final Commander commander;
    private final Callable<?> loadTasks;
    private final Wording words;
    private final Consumer<String> tell;
    private final ScheduleForm form;
    private final Meaning meaning;
    private final ReadOnlyBooleanWrapper open = new ReadOnlyBooleanWrapper(this, "open", false);
    private final ReadOnlyObjectWrapper<@Nullable Schedule> before =
            new ReadOnlyObjectWrapper<>(this, "before", null);
    private final Gate saveGate;

    /// @param asker asks for what is shown while someone types
    /// @param loadTasks brings the tasks into the offline store
    public EditorViewModel(
            ScheduleCommands commands,
            Commander commander,
            Commander asker,
            Callable<?> loadTasks,
            Access access,
            InstantSource clock,
            Wording words,
            Consumer<String> tell) {
        this.commands = commands;
        this.commander = commander;
        this.loadTasks = loadTasks;
        this.words = words;
        this.tell = tell;
        this.form = new ScheduleForm(words);
        this.meaning =
                new Meaning(
                        form,
                        before.getReadOnlyProperty(),
                        open.getReadOnlyProperty(),
                        commands,
                        asker,
                        clock,
                        words);
        this.saveGate =
                access.to(Acts.SOME)
                        .also(commander.busy())
                        .also(form.whyNot())
                        .also(meaning.problem());
    }

    /// Begins a schedule that there is not yet.
    public void begin(String zoneHere) {
        before.set(null);
        form.begin(zoneHere);
        begun();
    }

    /// Begins to change one.
    public void begin(Schedule schedule) {
        before.set(schedule);
        form.begin(schedule.name(), schedule.spec());
        begun();
    }

    private void begun() {
        open.set(true);
        commander.quietly(loadTasks, _ -> {});
        meaning.ask();
    }

    /// The tasks that the backend can schedule, as they are kept.
    public void showTasks(LoadState<Listing<ScheduleTask>> kept) {
        kept.value()
                .ifPresent(
                        found -> {
                            form.offer(found.items());
                            if (open.get()) {
                                form.chooseTask();
                            }
                        });
    }

    /// Sends it; it stays open if it is refused.
    public void save() {
        if (!saveGate.open()) {
            return;
        }
        ScheduleSpec spec = form.spec();
        Schedule changed = before.get();
        String called = form.name().get().strip();
        String why = form.reason().get().strip();
        commander.give(
                () ->
                        changed == null
                                ? commands.add(new AddSchedule(called, spec, why))
                                : commands.change(
                                        called, new ChangeSchedule(spec, changed.version(), why)),
                saved -> {
                    open.set(false);
                    tell.accept(words.say("schedules.saved", saved.name(), saved.words()));
                    missedBy(changed, saved).ifPresent(tell);
                });
    }

    /// What the change kept from running, as its time was over by the new times.
    private Optional<String> missedBy(@Nullable Schedule changed, Schedule saved) {
        ScheduleRun last = saved.last();
        return changed == null
                        || last == null
                        || last.state() != ScheduleRunState.MISSED
                        || last.equals(changed.last())
                ? Optional.empty()
                : Optional.of(words.say("schedules.saved.missed", "" + last.businessDate()));
    }

    public void cancel() {
        open.set(false);
    }

    public ScheduleForm form() {
        return form;
    }

    public Meaning meaning() {
        return meaning;
    }

    public ReadOnlyBooleanProperty open() {
        return open.getReadOnlyProperty();
    }

    /// The schedule that is changed, or null: it is a new one, and so may be given a name.
    public ReadOnlyObjectProperty<@Nullable Schedule> before() {
        return before.getReadOnlyProperty();
    }

    public Gate saveGate() {
        return saveGate;
    }
}
