package dev.slipway.console.queues;

import dev.slipway.api.queues.Attempt;
import dev.slipway.api.queues.AttemptEnd;
import dev.slipway.api.queues.JobLine;
import dev.slipway.client.kept.Jobs;
import dev.slipway.client.kept.Queues;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.ConfirmDialog;
import dev.slipway.console.command.Desk;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.ScreenController;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.table.Columns;
import dev.slipway.console.table.Figures;
import dev.slipway.console.table.Open;
import dev.slipway.console.table.RowStyles;
import dev.slipway.console.table.Sorting;
import dev.slipway.console.table.Ticker;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/// Binds the details of the selected job.
public final class JobController implements ScreenController {
    private static final List<String> ENDS =
            Stream.of(AttemptEnd.values()).map(end -> end.name().toLowerCase(Locale.ROOT)).toList();

    private static final double WIDE = 520;

    private final InstantSource clock;
    private final Wording words;
    private final OfflineStore store;
    private final JobLifeViewModel life;
    private final Open open = new Open();
    private final Open kept = new Open();

    @FXML private Label jobState;
    @FXML private Label jobAttempts;
    @FXML private Label none;
    @FXML private Label jobSubject;
    @FXML private Label jobWait;
    @FXML private Button cancelJob;
    @FXML private TabPane jobTabs;
    @FXML private TableView<Attempt> attemptTable;
    @FXML private TableColumn<Attempt, Attempt> number;
    @FXML private TableColumn<Attempt, Attempt> end;
    @FXML private TableColumn<Attempt, Attempt> began;
    @FXML private TableColumn<Attempt, Attempt> took;
    @FXML private TableColumn<Attempt, Attempt> cpu;
    @FXML private TableColumn<Attempt, Attempt> by;
    @FXML private TableColumn<Attempt, Attempt> failure;
    @FXML private ProgressBar jobProgress;
    @FXML private Label facts;
    @FXML private TextArea error;
    @FXML private TableView<JobLine> log;
    @FXML private Label logExtent;
    @FXML private Button logMore;
    @FXML private TableColumn<JobLine, JobLine> at;
    @FXML private TableColumn<JobLine, JobLine> attempt;
    @FXML private TableColumn<JobLine, JobLine> level;
    @FXML private TableColumn<JobLine, JobLine> message;

    public JobController(ScreenContext context) {
        this.clock = context.clock();
        Desk desk = Desk.of(context);
        this.words = desk.words();
        this.store = context.store();
        this.life =
                new JobLifeViewModel(
                        (id, reason) -> context.client().jobs().cancel(id, reason),
                        (id, cursor) ->
                                store.load(
                                        Jobs.attempts(id),
                                        cursor == null,
                                        () -> context.client().jobs().attempts(id, cursor)),
                        desk.commander(),
                        desk.loader(),
                        context.notices()::info,
                        desk.access(),
                        context.clock(),
                        words);
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
        attemptColumns();
        jobWait.textProperty().bind(life.waiting());
        jobWait.visibleProperty().bind(jobWait.textProperty().isNotEmpty());
        jobWait.managedProperty().bind(jobWait.visibleProperty());
        Buttons.join(cancelJob, life.cancelGate(), words.say("job.cancel.hint"));
        cancelJob.setOnAction(_ -> cancel());
        life.id().addListener((_, _, _) -> observeAttempts());
    }

    private void attemptColumns() {
        Columns.fill(attemptTable);
        // on a narrow window the last error stands above, and the others in the log
        failure.visibleProperty().bind(attemptTable.widthProperty().greaterThan(WIDE));
        Columns.figure(number, a -> String.valueOf(a.number()), Attempt::number);
        Columns.ordered(end, this::end, Comparator.comparing(this::end));
        Columns.ordered(
                began,
                a -> Figures.moment(a.startedAt(), clock.instant()),
                Comparator.comparing(Attempt::startedAt));
        Columns.figure(took, a -> Figures.duration(took(a)), this::took);
        Columns.figure(
                cpu,
                a -> a.cpuMillis() == null ? Figures.UNKNOWN : Figures.millis(a.cpuMillis()),
                a -> Objects.requireNonNullElse(a.cpuMillis(), -1L));
        Columns.text(by, Attempt::worker);
        Columns.text(failure, a -> Objects.requireNonNullElse(a.error(), ""));
        RowStyles.mark(
                attemptTable,
                a -> a.end() == null ? "" : a.end().name().toLowerCase(Locale.ROOT),
                ENDS);
        Sorting.show(attemptTable, life.attempts().items());
        var note = new Label();
        note.setWrapText(true);
        note.textProperty().bind(life.note());
        attemptTable.setPlaceholder(note);
    }

    private String end(Attempt attempt) {
        return attempt.end() == null
                ? words.say("attemptEnd.RUNS")
                : words.of("attemptEnd", attempt.end());
    }

    private Duration took(Attempt attempt) {
        return Duration.between(
                attempt.startedAt(),
                Objects.requireNonNullElse(attempt.endedAt(), clock.instant()));
    }

    private void cancel() {
        life.beforeCancel()
                .ifPresent(
                        asked ->
                                ConfirmDialog.ask(
                                        cancelJob.getScene().getWindow(),
                                        asked,
                                        words,
                                        life::cancel));
    }

    private void observeAttempts() {
        kept.close();
        String id = life.id().get();
        if (!id.isEmpty()) {
            kept.add(store.observe(Jobs.attempts(id)).into(life::showAttempts));
        }
    }

    @Override
    public void shown() {
        observeAttempts();
        open.add(
                kept,
                store.observe(Queues.holds()).into(life::showHolds),
                store.observe(Queues.types()).into(life::showTypes),
                store.observe(Queues.broker()).into(life::showBroker),
                Ticker.every(1, life::tick));
    }

    @Override
    public void hidden() {
        open.close();
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
        life.show(row == null ? null : row.job());
        shown(none, row == null);
        shown(jobSubject, row != null);
        shown(facts, row != null);
        shown(jobTabs, row != null);
        shown(cancelJob, row != null);
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
