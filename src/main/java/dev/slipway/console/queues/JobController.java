package dev.slipway.console.queues;

import dev.slipway.api.queues.JobLine;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.Wording;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.table.Columns;
import dev.slipway.console.table.Figures;
import dev.slipway.console.table.Sorting;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.Objects;

/// Binds the details of the selected job.
public final class JobController {
    private final InstantSource clock;
    private final Wording words;

    @FXML private Label jobState;
    @FXML private Label jobAttempts;
    @FXML private Label none;
    @FXML private Label jobSubject;
    @FXML private ProgressBar jobProgress;
    @FXML private Label facts;
    @FXML private TextArea error;
    @FXML private TableView<JobLine> log;
    @FXML private HBox logFoot;
    @FXML private Label logExtent;
    @FXML private Button logMore;
    @FXML private TableColumn<JobLine, JobLine> at;
    @FXML private TableColumn<JobLine, JobLine> attempt;
    @FXML private TableColumn<JobLine, JobLine> level;
    @FXML private TableColumn<JobLine, JobLine> message;

    public JobController(ScreenContext context) {
        this.clock = context.clock();
        this.words = new Wording(context.texts());
    }

    @FXML
    private void initialize() {
        Columns.fill(log);
        Columns.ordered(
                at,
                line -> Figures.moment(line.at(), clock.instant()),
                Comparator.comparing(JobLine::seq));
        Columns.figure(attempt, line -> String.valueOf(line.attempt()), JobLine::attempt);
        Columns.text(level, JobLine::level);
        Columns.text(message, JobLine::message);
    }

    void use(JobViewModel model) {
        facts.textProperty().bind(model.facts());
        Sorting.show(log, model.log().items());
        logExtent.textProperty().bind(model.log().extent());
        Buttons.join(logMore, model.moreGate(), words.say("pages.more.hint"));
        logMore.setOnAction(_ -> model.more());
        var note = new Label();
        note.setWrapText(true);
        note.textProperty().bind(model.logNote());
        log.setPlaceholder(note);
        model.row().addListener((_, _, row) -> show(row));
        show(null);
    }

    private void show(@Nullable JobRow row) {
        shown(none, row == null);
        shown(jobSubject, row != null);
        shown(facts, row != null);
        shown(log, row != null);
        shown(logFoot, row != null);
        shown(jobState, row != null);
        shown(jobProgress, row != null && row.progress() >= 0);
        String failure = row == null ? "" : Objects.requireNonNullElse(row.job().error(), "");
        shown(error, !failure.isEmpty());
        jobAttempts.setText(row == null ? "" : words.say("job.attempts", row.attempts()));
        if (row != null) {
            jobState.setText(row.state());
            jobSubject.setText(row.job().subject());
            jobProgress.setProgress(Math.max(0, row.progress()));
            if (!failure.equals(error.getText())) {
                error.setText(failure);
            }
        }
    }

    private static void shown(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
