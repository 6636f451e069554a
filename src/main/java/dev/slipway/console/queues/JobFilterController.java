package dev.slipway.console.queues;

import static java.util.Objects.requireNonNull;

import dev.slipway.api.queues.JobState;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.Desk;
import dev.slipway.console.command.Wording;
import dev.slipway.console.shell.ScreenContext;

import javafx.animation.PauseTransition;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.util.Duration;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Stream;

/// Binds what jobs are filtered by. It searches a moment after the last change.
public final class JobFilterController {
    private final Wording words;
    private final PauseTransition typing = new PauseTransition(Duration.millis(350));
    private @Nullable JobsViewModel jobs;

    @FXML private ComboBox<String> queue;
    @FXML private ComboBox<String> jobType;
    @FXML private ComboBox<@Nullable JobState> state;
    @FXML private TextField text;
    @FXML private TextField failedFrom;
    @FXML private TextField failedTo;
    @FXML private Button clear;
    @FXML private Label filterProblem;
    @FXML private Label fault;

    public JobFilterController(ScreenContext context) {
        this.words = Desk.of(context).words();
    }

    void use(JobsViewModel model) {
        jobs = model;
        JobFilterViewModel filter = model.filter();
        state.getItems().add(null);
        state.getItems().addAll(JobState.values());
        state.setConverter(new StateNames());
        queue.setConverter(new Names("jobs.queue"));
        jobType.setConverter(new Names("jobs.type.any"));
        state.valueProperty().bindBidirectional(filter.state());
        queue.valueProperty().bindBidirectional(filter.queue());
        jobType.valueProperty().bindBidirectional(filter.type());
        text.textProperty().bindBidirectional(filter.text());
        failedFrom.textProperty().bindBidirectional(filter.from());
        failedTo.textProperty().bindBidirectional(filter.to());
        filterProblem.textProperty().bind(filter.problem());
        shownWithText(filterProblem);
        fault.textProperty()
                .bind(
                        filter.fingerprint()
                                .map(f -> f.isEmpty() ? "" : words.say("jobs.ofFault", f)));
        shownWithText(fault);
        Buttons.hint(clear, words.say("jobs.clear.hint"));
        typing.setOnFinished(_ -> model.search());
        for (TextField field : List.of(text, failedFrom, failedTo)) {
            field.textProperty().addListener((_, _, _) -> typing.playFromStart());
        }
        for (ComboBox<?> box : List.of(queue, jobType, state)) {
            box.valueProperty().addListener((_, _, _) -> typing.playFromStart());
        }
    }

    /// Offers the queues that there are, and the types of what failed.
    void offer(ObservableList<QueueRow> queues, ObservableList<FailureRow> failures) {
        queues.addListener(
                (ListChangeListener<QueueRow>)
                        _ -> offer(queue, queues.stream().map(q -> q.status().name())));
        failures.addListener(
                (ListChangeListener<FailureRow>)
                        _ -> offer(jobType, failures.stream().map(f -> f.group().type())));
    }

    private static void offer(ComboBox<String> box, Stream<String> values) {
        List<String> names = Stream.concat(Stream.of(""), values.distinct().sorted()).toList();
        if (!box.getItems().equals(names)) {
            String chosen = box.getValue();
            box.getItems().setAll(names);
            box.setValue(chosen);
        }
    }

    private static void shownWithText(Label label) {
        label.visibleProperty().bind(label.textProperty().isNotEmpty());
        label.managedProperty().bind(label.visibleProperty());
    }

    @FXML
    private void onSearch() {
        typing.stop();
        requireNonNull(jobs).search();
    }

    @FXML
    private void onClear() {
        requireNonNull(jobs).clear();
    }

    /// Names, and what no name means.
    private final class Names extends StringConverter<String> {
        private final String any;

        Names(String any) {
            this.any = any;
        }

        @Override
        public String toString(@Nullable String value) {
            return value == null || value.isEmpty() ? words.say(any) : value;
        }

        @Override
        public String fromString(String name) {
            return name;
        }
    }

    private final class StateNames extends StringConverter<@Nullable JobState> {
        @Override
        public String toString(@Nullable JobState value) {
            return value == null ? words.say("jobs.anyState") : words.of("jobState", value);
        }

        @Override
        public @Nullable JobState fromString(String name) {
            return null;
        }
    }
}
