package dev.slipway.console.schedules;

import dev.slipway.api.schedules.CatchUp;
import dev.slipway.api.schedules.Overlap;
import dev.slipway.api.schedules.ScheduleTask;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.Wording;

import javafx.animation.PauseTransition;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import java.time.ZoneId;
import java.util.stream.Collectors;

/// Binds the editor of a schedule.
public final class EditorController {
    private final PauseTransition typing = new PauseTransition(Duration.millis(250));

    @FXML private VBox editor;
    @FXML private Label editTitle;
    @FXML private TextField editName;
    @FXML private TextField editCron;
    @FXML private Label cronWords;
    @FXML private Label problem;
    @FXML private ComboBox<String> editZone;
    @FXML private ComboBox<String> editTask;
    @FXML private Label taskWords;
    @FXML private GridPane editParameters;
    @FXML private TextField editDaysBack;
    @FXML private ComboBox<CatchUp> editCatchUp;
    @FXML private TextField editGrace;
    @FXML private ComboBox<Overlap> editOverlap;
    @FXML private CheckBox editEnabled;
    @FXML private TextField editReason;
    @FXML private Button save;
    @FXML private Button cancel;
    @FXML private Label dates;

    /// @param words the texts
    void use(EditorViewModel model, Wording words) {
        editor.visibleProperty().bind(model.open());
        editor.managedProperty().bind(model.open());
        model.open().addListener((_, _, open) -> focusWhen(open, model));
        editTitle
                .textProperty()
                .bind(
                        model.fresh()
                                .map(
                                        fresh ->
                                                words.say(
                                                        fresh
                                                                ? "schedules.edit.new"
                                                                : "schedules.edit.change")));
        editName.textProperty().bindBidirectional(model.name());
        editName.disableProperty().bind(model.fresh().not());
        editCron.textProperty().bindBidirectional(model.cron());
        editZone.getItems().setAll(ZoneId.getAvailableZoneIds().stream().sorted().toList());
        editZone.valueProperty().bindBidirectional(model.zone());
        editTask.valueProperty().bindBidirectional(model.task());
        editDaysBack.textProperty().bindBidirectional(model.daysBack());
        editGrace.textProperty().bindBidirectional(model.grace());
        editReason.textProperty().bindBidirectional(model.reason());
        editEnabled.selectedProperty().bindBidirectional(model.enabled());
        choices(editCatchUp, CatchUp.values(), "catchUp", words);
        editCatchUp.valueProperty().bindBidirectional(model.catchUp());
        choices(editOverlap, Overlap.values(), "overlap", words);
        editOverlap.valueProperty().bindBidirectional(model.overlap());
        bindPreview(model, words);
        bindTasks(model);
        Buttons.join(save, model.saveGate(), words.say("schedules.save.hint"));
        Buttons.hint(cancel, words.say("schedules.cancel.hint"));
        save.setOnAction(_ -> model.save());
        cancel.setOnAction(_ -> model.cancel());
    }

    private void focusWhen(boolean open, EditorViewModel model) {
        if (open) {
            (model.fresh().get() ? editName : editCron).requestFocus();
        }
    }

    private void bindPreview(EditorViewModel model, Wording words) {
        typing.setOnFinished(_ -> model.preview());
        model.cron().addListener((_, _, _) -> typing.playFromStart());
        model.zone().addListener((_, _, _) -> typing.playFromStart());
        model.daysBack().addListener((_, _, _) -> typing.playFromStart());
        cronWords.textProperty().bind(model.meaning());
        problem.textProperty().bind(model.problem());
        shownWhenSet(cronWords);
        shownWhenSet(problem);
        model.next()
                .addListener(
                        (ListChangeListener<PlannedRow>)
                                _ ->
                                        dates.setText(
                                                model.next().stream()
                                                        .map(row -> line(row, words))
                                                        .collect(Collectors.joining("\n"))));
    }

    private static String line(PlannedRow row, Wording words) {
        String line = words.say("schedules.edit.date", row.at(), "" + row.run().businessDate());
        return row.note().isEmpty() ? line : line + "\n    " + row.note();
    }

    private void bindTasks(EditorViewModel model) {
        model.tasks()
                .addListener(
                        (ListChangeListener<ScheduleTask>)
                                _ -> {
                                    String chosen = model.task().get();
                                    editTask.getItems()
                                            .setAll(
                                                    model.tasks().stream()
                                                            .map(ScheduleTask::name)
                                                            .toList());
                                    model.task().set(chosen);
                                    showTask(model);
                                });
        model.task().addListener((_, _, _) -> showTask(model));
    }

    /// What the task does, and a field for each thing that it wants to be told.
    private void showTask(EditorViewModel model) {
        ScheduleTask task = model.chosenTask().orElse(null);
        taskWords.setText(task == null ? "" : task.description());
        shownWhenSet(taskWords);
        editParameters.getChildren().clear();
        if (task != null) {
            for (ScheduleTask.Parameter wanted : task.parameters()) {
                addParameter(model, wanted);
            }
        }
    }

    private void addParameter(EditorViewModel model, ScheduleTask.Parameter wanted) {
        int row = editParameters.getRowCount();
        Node field = wanted.choices().isEmpty() ? typed(model, wanted) : chosen(model, wanted);
        field.setId("parameter-" + wanted.name());
        var label = new Label(wanted.description());
        label.setLabelFor(field);
        editParameters.addRow(row, label, field);
    }

    private static Node typed(EditorViewModel model, ScheduleTask.Parameter wanted) {
        var field = new TextField(model.parameter(wanted));
        field.textProperty().addListener((_, _, now) -> model.parameter(wanted.name(), now));
        return field;
    }

    private static Node chosen(EditorViewModel model, ScheduleTask.Parameter wanted) {
        var box = new ComboBox<String>();
        box.getItems().setAll(wanted.choices());
        box.setValue(model.parameter(wanted));
        box.valueProperty().addListener((_, _, now) -> model.parameter(wanted.name(), now));
        return box;
    }

    private static void shownWhenSet(Label label) {
        label.visibleProperty().bind(label.textProperty().isNotEmpty());
        label.managedProperty().bind(label.visibleProperty());
    }

    static <E extends Enum<E>> void choices(
            ComboBox<E> box, E[] values, String prefix, Wording words) {
        box.getItems().setAll(values);
        box.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(@Nullable E value) {
                        return value == null ? "" : words.of(prefix, value);
                    }

                    @Override
                    public @Nullable E fromString(String text) {
                        return null;
                    }
                });
    }
}
