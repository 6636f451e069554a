package dev.slipway.console.queues;

import dev.slipway.api.queues.HoldKind;
import dev.slipway.client.kept.Queues;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.Desk;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.LoadPane;
import dev.slipway.console.fx.ScreenController;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.table.Columns;
import dev.slipway.console.table.Figures;
import dev.slipway.console.table.Open;
import dev.slipway.console.table.RowStyles;
import dev.slipway.console.table.Selection;
import dev.slipway.console.table.Ticker;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// Binds the screen of queues; the lists of jobs and the job's details bind themselves.
public final class QueuesController implements ScreenController {
    private final Desk desk;
    private final Wording words;
    private final OfflineStore store;
    private final QueuesViewModel model;
    private final HoldViewModel hold;
    private final Open open = new Open();
    private final StringProperty noFault = new SimpleStringProperty();
    private List<FailureRow> fault = List.of();

    @FXML private VBox root;
    @FXML private VBox brokerNotice;
    @FXML private Label brokerTitle;
    @FXML private Label brokerText;
    @FXML private LoadPane queuesPane;
    @FXML private TableView<QueueRow> queues;
    @FXML private TableColumn<QueueRow, QueueRow> name;
    @FXML private TableColumn<QueueRow, QueueRow> verdict;
    @FXML private TableColumn<QueueRow, QueueRow> ready;
    @FXML private TableColumn<QueueRow, QueueRow> oldest;
    @FXML private TableColumn<QueueRow, QueueRow> running;
    @FXML private TableColumn<QueueRow, QueueRow> retrying;
    @FXML private TableColumn<QueueRow, QueueRow> dead;
    @FXML private TableColumn<QueueRow, QueueRow> perMinute;
    @FXML private TableColumn<QueueRow, QueueRow> enqueued;
    @FXML private TableColumn<QueueRow, QueueRow> succeeded;
    @FXML private TableColumn<QueueRow, QueueRow> failed;
    @FXML private TableColumn<QueueRow, QueueRow> workers;
    @FXML private Button pauseQueue;
    @FXML private Button resumeQueue;
    @FXML private Label standing;
    @FXML private TypesController jobTypesController;
    @FXML private Tab costsTab;
    @FXML private CostsController jobCostsController;
    @FXML private LoadPane failuresPane;
    @FXML private TableView<FailureRow> failures;
    @FXML private TableColumn<FailureRow, FailureRow> count;
    @FXML private TableColumn<FailureRow, FailureRow> message;
    @FXML private TableColumn<FailureRow, FailureRow> type;
    @FXML private TableColumn<FailureRow, FailureRow> last;
    @FXML private Button showFault;
    @FXML private JobsController jobsController;
    @FXML private JobController jobController;

    public QueuesController(ScreenContext context) {
        this.desk = Desk.of(context);
        this.words = desk.words();
        this.store = context.store();
        this.model = new QueuesViewModel(context.clock(), words);
        this.hold =
                new HoldViewModel(
                        HoldCommands.of(context.client(), HoldKind.QUEUE),
                        "hold.queue",
                        desk.commander(),
                        context.notices()::info,
                        desk.access(),
                        context.clock(),
                        words);
    }

    @FXML
    private void initialize() {
        queuesPane.stateProperty().bind(model.queuesState());
        queuesPane.setClock(desk.context().clock());
        failuresPane.stateProperty().bind(model.failuresState());
        failuresPane.setClock(desk.context().clock());
        brokerTitle.textProperty().bind(model.broker().title());
        brokerText.textProperty().bind(model.broker().text());
        brokerNotice.visibleProperty().bind(model.broker().title().isNotEmpty());
        brokerNotice.managedProperty().bind(brokerNotice.visibleProperty());
        Columns.fill(queues);
        Columns.fill(failures);
        queueColumns();
        // on a narrow window what is wrong says more than how fast
        perMinute.visibleProperty().bind(queues.widthProperty().greaterThan(WIDE_QUEUES));
        // on a narrow window its message names the fault well enough
        type.visibleProperty().bind(failures.widthProperty().greaterThan(WIDE));
        failureColumns();
        RowStyles.mark(
                queues, row -> row.trouble().name().toLowerCase(java.util.Locale.ROOT), TROUBLES);
        Selection.keep(queues, model.queues(), row -> row.status().name(), this::queueChosen);
        HoldButtons.join(pauseQueue, resumeQueue, hold, words);
        standing.textProperty().bind(hold.standing());
        Selection.keep(failures, model.failures(), row -> row.group().fingerprint(), this::chosen);
        chosen(List.of());
        jobCostsController.follow(costsTab.selectedProperty());
        failures.setOnMouseClicked(
                click -> {
                    if (click.getClickCount() == 2) {
                        onShowFault();
                    }
                });
        failures.setOnKeyPressed(
                key -> {
                    if (key.getCode() == KeyCode.ENTER) {
                        onShowFault();
                    }
                });
        Buttons.join(showFault, Gate.of(noFault), words.say("failures.show.hint"));
        jobsController.use(jobController, model.queues(), model.failures());
    }

    private static final double WIDE = 400;
    private static final double WIDE_QUEUES = 760;
    private static final List<String> TROUBLES =
            List.of("no_worker", "late", "dead", "paused", "retrying");

    private void queueColumns() {
        Columns.text(name, row -> row.status().name());
        Columns.ordered(verdict, QueueRow::verdict, QueueRow.WORST_FIRST);
        Columns.figure(ready, r -> Figures.count(r.status().ready()), r -> r.status().ready());
        Columns.figure(oldest, QueueRow::oldest, r -> since(r.status().oldestReady()));
        Columns.figure(
                running, r -> Figures.count(r.status().running()), r -> r.status().running());
        Columns.figure(
                retrying, r -> Figures.count(r.status().retrying()), r -> r.status().retrying());
        Columns.figure(dead, r -> Figures.count(r.status().dead()), r -> r.status().dead());
        Columns.figure(
                enqueued,
                r -> Figures.rate(r.status().enqueuedPerMinute()),
                r -> r.status().enqueuedPerMinute());
        Columns.figure(
                succeeded,
                r -> Figures.rate(r.status().succeededPerMinute()),
                r -> r.status().succeededPerMinute());
        Columns.figure(
                failed,
                r -> Figures.rate(r.status().failedPerMinute()),
                r -> r.status().failedPerMinute());
        Columns.figure(
                workers, r -> Figures.count(r.status().workers()), r -> r.status().workers());
    }

    private static Instant since(@org.jspecify.annotations.Nullable Instant oldest) {
        return Objects.requireNonNullElse(oldest, Instant.MAX);
    }

    private void failureColumns() {
        Columns.figure(count, r -> Figures.count(r.group().count()), r -> r.group().count());
        Columns.text(message, r -> r.group().message());
        Columns.text(type, r -> r.group().type());
        Columns.ordered(last, FailureRow::latest, Comparator.comparing(r -> r.group().last()));
    }

    private void queueChosen(List<QueueRow> rows) {
        QueueRow row = rows.isEmpty() ? null : rows.getFirst();
        hold.select(row == null ? null : row.status().name(), row == null ? null : row.hold());
    }

    private void chosen(List<FailureRow> rows) {
        fault = rows;
        noFault.set(rows.isEmpty() ? words.say("failures.noneSelected") : "");
    }

    @FXML
    private void onShowFault() {
        fault.forEach(row -> jobsController.showFault(row.group().fingerprint()));
    }

    @Override
    public void shown() {
        open.add(
                store.observe(Queues.all()).into(model::showQueues),
                store.observe(Queues.holds()).into(model::showHolds),
                store.observe(Queues.broker()).into(model.broker()::show),
                store.observe(Queues.failures()).into(model::showFailures),
                Ticker.every(1, model::tick));
        jobTypesController.shown();
        jobCostsController.shown();
        jobsController.shown();
        jobController.shown();
    }

    @Override
    public void hidden() {
        open.close();
        jobTypesController.hidden();
        jobCostsController.hidden();
        jobsController.hidden();
        jobController.hidden();
    }
}
