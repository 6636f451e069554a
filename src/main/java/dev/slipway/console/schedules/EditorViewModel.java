package dev.slipway.console.schedules;

import dev.slipway.api.schedules.AddSchedule;
import dev.slipway.api.schedules.CatchUp;
import dev.slipway.api.schedules.ChangeSchedule;
import dev.slipway.api.schedules.Overlap;
import dev.slipway.api.schedules.PlannedRun;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.SchedulePreview;
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

import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// A schedule while someone edits it. What the cron expression means is asked of the backend as it
/// is typed; nothing that was typed is lost when the backend refuses it.
public final class EditorViewModel {
    private final ScheduleCommands commands;
    private final Commander commander;
    private final Commander asker;
    private final Callable<?> loadTasks;
    private final InstantSource clock;
    private final Wording words;
    private final Consumer<String> tell;

    private final StringProperty name = text("name");
    private final StringProperty cron = text("cron");
    private final StringProperty zone = text("zone");
    private final StringProperty task = text("task");
    private final StringProperty daysBack = text("daysBack");
    private final StringProperty grace = text("grace");
    private final StringProperty reason = text("reason");
    private final ObjectProperty<CatchUp> catchUp =
            new SimpleObjectProperty<>(this, "catchUp", CatchUp.LATEST);
    private final ObjectProperty<Overlap> overlap =
            new SimpleObjectProperty<>(this, "overlap", Overlap.WAIT);
    private final BooleanProperty enabled = new SimpleBooleanProperty(this, "enabled", true);
    private final Map<String, String> parameters = new TreeMap<>();

    private final ObservableList<ScheduleTask> tasks = FXCollections.observableArrayList();
    private final ObservableList<PlannedRow> next = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper meaning = new ReadOnlyStringWrapper(this, "meaning", "");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");
    private final ReadOnlyBooleanWrapper open = new ReadOnlyBooleanWrapper(this, "open", false);
    private final ReadOnlyBooleanWrapper fresh = new ReadOnlyBooleanWrapper(this, "fresh", true);
    private @Nullable Schedule before;

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
        this.asker = asker;
        this.loadTasks = loadTasks;
        this.clock = clock;
        this.words = words;
        this.tell = tell;
        this.saveGate =
                access.to(Acts.SOME)
                        .also(commander.busy())
                        .also(
                                Bindings.createStringBinding(
                                        this::whyNotSave,
                                        name,
                                        cron,
                                        zone,
                                        task,
                                        daysBack,
                                        grace,
                                        problem));
    }

    /// Begins a schedule that there is not yet.
    public void begin(String zoneHere) {
        before = null;
        fresh.set(true);
        name.set("");
        parameters.clear();
        take(
                new ScheduleSpec(
                        "0 2 * * *",
                        zoneHere,
                        tasks.isEmpty() ? "" : tasks.getFirst().name(),
                        Map.of(),
                        1,
                        CatchUp.LATEST,
                        60,
                        Overlap.WAIT,
                        true));
    }

    /// Begins to change one.
    public void begin(Schedule schedule) {
        before = schedule;
        fresh.set(false);
        name.set(schedule.name());
        parameters.clear();
        parameters.putAll(schedule.spec().parameters());
        take(schedule.spec());
    }

    private void take(ScheduleSpec spec) {
        cron.set(spec.cron());
        zone.set(spec.zone());
        task.set(spec.task());
        daysBack.set("" + spec.daysBack());
        grace.set("" + spec.graceMinutes());
        catchUp.set(spec.catchUp());
        overlap.set(spec.overlap());
        enabled.set(spec.enabled());
        reason.set("");
        open.set(true);
        commander.quietly(loadTasks, _ -> {});
        preview();
    }

    /// The tasks that the backend can schedule, as they are kept.
    public void showTasks(LoadState<Listing<ScheduleTask>> kept) {
        kept.value()
                .ifPresent(
                        found -> {
                            if (!tasks.equals(found.items())) {
                                tasks.setAll(found.items());
                            }
                            if (open.get() && task.get().isEmpty() && !tasks.isEmpty()) {
                                task.set(tasks.getFirst().name());
                            }
                        });
    }

    /// Asks what the expression means now; one question at a time, and the last one typed counts.
    public void preview() {
        if (!open.get() || !asker.busy().get().isEmpty()) {
            return;
        }
        String asked = cron.get();
        String where = zone.get();
        int back = Math.clamp(number(daysBack.get()), 0, 366);
        asker.quietly(
                () -> commands.preview(asked, where, back),
                answer -> {
                    show(answer);
                    if (!asked.equals(cron.get())
                            || !where.equals(zone.get())
                            || back != Math.clamp(number(daysBack.get()), 0, 366)) {
                        preview();
                    }
                });
    }

    private void show(SchedulePreview answer) {
        Instant now = clock.instant();
        meaning.set(answer.words() + dropped(answer.next()));
        problem.set(answer.problem() == null ? "" : answer.problem());
        next.setAll(
                answer.next().stream()
                        .map(run -> PlannedRow.of(run, zone.get(), now, words))
                        .toList());
    }

    /// Sends it; it stays open if it is refused.
    public void save() {
        if (!saveGate.open()) {
            return;
        }
        var spec =
                new ScheduleSpec(
                        cron.get(),
                        zone.get(),
                        task.get(),
                        parametersOfTask(),
                        number(daysBack.get()),
                        catchUp.get(),
                        number(grace.get()),
                        overlap.get(),
                        enabled.get());
        Schedule changed = before;
        String called = name.get().strip();
        String why = reason.get().strip();
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

    /// Names the next date of the schedule as it stands, if what is typed would not run it.
    private String dropped(List<PlannedRun> now) {
        Schedule changed = before;
        return changed == null || now.isEmpty()
                ? ""
                : Trouble.next(changed)
                        .map(PlannedRun::businessDate)
                        .filter(date -> now.stream().noneMatch(r -> r.businessDate().equals(date)))
                        .map(date -> " " + words.say("schedules.edit.dropped", "" + date))
                        .orElse("");
    }

    private Map<String, String> parametersOfTask() {
        Map<String, String> given = new TreeMap<>();
        chosenTask().stream()
                .flatMap(one -> one.parameters().stream())
                .forEach(
                        wanted -> {
                            String value =
                                    parameters.getOrDefault(wanted.name(), wanted.standard());
                            if (!value.isBlank()) {
                                given.put(wanted.name(), value);
                            }
                        });
        return given;
    }

    /// The task that is chosen, if the backend knows it.
    Optional<ScheduleTask> chosenTask() {
        return tasks.stream().filter(one -> one.name().equals(task.get())).findFirst();
    }

    String parameter(ScheduleTask.Parameter wanted) {
        return parameters.getOrDefault(wanted.name(), wanted.standard());
    }

    void parameter(String wanted, String value) {
        parameters.put(wanted, value);
    }

    public void cancel() {
        open.set(false);
    }

    private String whyNotSave() {
        if (name.get().isBlank()) {
            return words.say("schedules.edit.noName");
        }
        if (task.get().isBlank()) {
            return words.say("schedules.edit.noTask");
        }
        if (number(daysBack.get()) < 0 || number(grace.get()) < 1) {
            return words.say("schedules.edit.noNumber");
        }
        return problem.get();
    }

    private static int number(String text) {
        return text.strip().matches("\\d{1,6}") ? Integer.parseInt(text.strip()) : -1;
    }

    private StringProperty text(String called) {
        return new SimpleStringProperty(this, called, "");
    }

    public StringProperty name() {
        return name;
    }

    public StringProperty cron() {
        return cron;
    }

    public StringProperty zone() {
        return zone;
    }

    public StringProperty task() {
        return task;
    }

    public StringProperty daysBack() {
        return daysBack;
    }

    public StringProperty grace() {
        return grace;
    }

    public StringProperty reason() {
        return reason;
    }

    public ObjectProperty<CatchUp> catchUp() {
        return catchUp;
    }

    public ObjectProperty<Overlap> overlap() {
        return overlap;
    }

    public BooleanProperty enabled() {
        return enabled;
    }

    public ObservableList<ScheduleTask> tasks() {
        return tasks;
    }

    /// The next ten dates of what is typed.
    public ObservableList<PlannedRow> next() {
        return next;
    }

    /// What is typed, in words.
    public ReadOnlyStringProperty meaning() {
        return meaning.getReadOnlyProperty();
    }

    /// What is wrong with what is typed, or empty.
    public ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty open() {
        return open.getReadOnlyProperty();
    }

    /// Whether it is a new schedule, and so may be given a name.
    public ReadOnlyBooleanProperty fresh() {
        return fresh.getReadOnlyProperty();
    }

    public Gate saveGate() {
        return saveGate;
    }
}
