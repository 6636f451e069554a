package dev.slipway.console.schedules;

import dev.slipway.api.schedules.CatchUp;
import dev.slipway.api.schedules.Overlap;
import dev.slipway.api.schedules.ScheduleSpec;
import dev.slipway.api.schedules.ScheduleTask;
import dev.slipway.console.command.Wording;

import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What someone types of a schedule.
public final class ScheduleForm {
    private final Wording words;

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

    ScheduleForm(Wording words) {
        this.words = words;
    }

    /// Fills it as for a schedule that there is not yet.
    void begin(String zoneHere) {
        begin(
                "",
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

    void begin(String called, ScheduleSpec spec) {
        name.set(called);
        parameters.clear();
        parameters.putAll(spec.parameters());
        cron.set(spec.cron());
        zone.set(spec.zone());
        task.set(spec.task());
        daysBack.set("" + spec.daysBack());
        grace.set("" + spec.graceMinutes());
        catchUp.set(spec.catchUp());
        overlap.set(spec.overlap());
        enabled.set(spec.enabled());
        reason.set("");
    }

    /// The tasks that can be chosen.
    void offer(List<ScheduleTask> known) {
        if (!tasks.equals(known)) {
            tasks.setAll(known);
        }
    }

    /// Chooses the first task if none is chosen.
    void chooseTask() {
        if (task.get().isEmpty() && !tasks.isEmpty()) {
            task.set(tasks.getFirst().name());
        }
    }

    ScheduleSpec spec() {
        return new ScheduleSpec(
                cron.get(),
                zone.get(),
                task.get(),
                parametersOfTask(),
                number(daysBack.get()),
                catchUp.get(),
                number(grace.get()),
                overlap.get(),
                enabled.get());
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

    /// Why it can't be sent as it is, or empty.
    ObservableValue<String> whyNot() {
        return Bindings.createStringBinding(this::missing, name, task, daysBack, grace);
    }

    private String missing() {
        if (name.get().isBlank()) {
            return words.say("schedules.edit.noName");
        }
        if (task.get().isBlank()) {
            return words.say("schedules.edit.noTask");
        }
        return number(daysBack.get()) < 0 || number(grace.get()) < 1
                ? words.say("schedules.edit.noNumber")
                : "";
    }

    /// The days from a due date back to its business date, as far as that is a number.
    int back() {
        return Math.clamp(number(daysBack.get()), 0, 366);
    }

    private static int number(String text) {
        return text.strip().matches("\\d{1,6}") ? Integer.parseInt(text.strip()) : -1;
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
}
