package dev.slipway.console.schedules;

import dev.slipway.api.schedules.CatchUp;
import dev.slipway.api.schedules.Overlap;
import dev.slipway.api.schedules.ScheduleTask;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.Wording;

import javafx.animation.PauseTransition;
import javafx.beans.binding.Bindings;
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
        ScheduleForm form = model.form();
        editor.visibleProperty().bind(model.open());
        editor.managedProperty().bind(model.open());
        model.open().addListener((_, _, open) -> focusWhen(open, model));
        editTitle
                .textProperty()
                .bind(
                        Bindings.when(model.before().isNull())
                                .then(words.say("schedules.edit.new"))
                                .otherwise(words.say("schedules.edit.change")));
        editName.textProperty().bindBidirectional(form.name());
        editName.disableProperty().bind(model.before().isNotNull());
        editCron.textProperty().bindBidirectional(form.cron());
        editZone.getItems().setAll(ZoneId.getAvailableZoneIds().stream().sorted().toList());
        editZone.valueProperty().bindBidirectional(form.zone());
        editTask.valueProperty().bindBidirectional(form.task());
        editDaysBack.textProperty().bindBidirectional(form.daysBack());
        editGrace.textProperty().bindBidirectional(form.grace());
        editReason.textProperty().bindBidirectional(form.reason());
        editEnabled.selectedProperty().bindBidirectional(form.enabled());
        choices(editCatchUp, CatchUp.values(), "catchUp", words);
        editCatchUp.valueProperty().bindBidirectional(form.catchUp());
        choices(editOverlap, Overlap.values(), "overlap", words);
        editOverlap.valueProperty().bindBidirectional(form.overlap());
        bindPreview(model, words);
        bindTasks(form);
        Buttons.join(save, model.saveGate(), words.say("schedules.save.hint"));
        Buttons.hint(cancel, words.say("schedules.cancel.hint"));
        save.setOnAction(_ -> model.save());
        cancel.setOnAction(_ -> model.cancel());
    }

    private void focusWhen(boolean open, EditorViewModel model) {
        if (open) {
            (model.before().get() == null ? editName : editCron).requestFocus();
        }
    }

    private void bindPreview(EditorViewModel model, Wording words) {
        ScheduleForm form = model.form();
        Meaning meaning = model.meaning();
        typing.setOnFinished(_ -> meaning.ask());
        form.cron().addListener((_, _, _) -> typing.playFromStart());
        form.zone().addListener((_, _, _) -> typing.playFromStart());
        form.daysBack().addListener((_, _, _) -> typing.playFromStart());
        cronWords.textProperty().bind(meaning.text());
        problem.textProperty().bind(meaning.problem());
        shownWhenSet(cronWords);
        shownWhenSet(problem);
        meaning.next()
                .addListener(
                        (ListChangeListener<PlannedRow>)
                                _ ->
                                        dates.setText(
                                                meaning.next().stream()
                                                        .map(row -> line(row, words))
                                                        .collect(Collectors.joining("\n"))));
    }

    private static String line(PlannedRow row, Wording words) {
        String line = words.say("schedules.edit.date", row.at(), "" + row.run().businessDate());
        return row.note().isEmpty() ? line : line + "\n    " + row.note();
    }

    private void bindTasks(ScheduleForm form) {
        form.tasks()
                .addListener(
                        (ListChangeListener<ScheduleTask>)
                                _ -> {
                                    String chosen = form.task().get();
                                    editTask.getItems()
                                            .setAll(
                                                    form.tasks().stream()
                                                            .map(ScheduleTask::name)
                                                            .toList());
                                    form.task().set(chosen);
                                    showTask(form);
                                });
        form.task().addListener((_, _, _) -> showTask(form));
    }

    /// What the task does, and a field for each thing that it wants to be told.
    private void showTask(ScheduleForm form) {
        ScheduleTask task = form.chosenTask().orElse(null);
        taskWords.setText(task == null ? "" : task.description());
        shownWhenSet(taskWords);
        editParameters.getChildren().clear();
        if (task != null) {
            for (ScheduleTask.Parameter wanted : task.parameters()) {
                addParameter(form, wanted);
            }
        }
    }

    private void addParameter(ScheduleForm form, ScheduleTask.Parameter wanted) {
        int row = editParameters.getRowCount();
        Node field = wanted.choices().isEmpty() ? typed(form, wanted) : chosen(form, wanted);
        field.setId("parameter-" + wanted.name());
        var label = new Label(wanted.description());
        label.setLabelFor(field);
        editParameters.addRow(row, label, field);
    }

    private static Node typed(ScheduleForm form, ScheduleTask.Parameter wanted) {
        var field = new TextField(form.parameter(wanted));
        field.textProperty().addListener((_, _, now) -> form.parameter(wanted.name(), now));
        return field;
    }

    private static Node chosen(ScheduleForm form, ScheduleTask.Parameter wanted) {
        var box = new ComboBox<String>();
        box.getItems().setAll(wanted.choices());
        box.setValue(form.parameter(wanted));
        box.valueProperty().addListener((_, _, now) -> form.parameter(wanted.name(), now));
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
