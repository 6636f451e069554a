package dev.slipway.console.queues;

import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobState;
import dev.slipway.client.http.Problem;
import dev.slipway.client.kept.Jobs;
import dev.slipway.client.kept.Queues;
import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.LoadState;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.client.offline.Subscription;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.ConfirmDialog;
import dev.slipway.console.command.Desk;
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

import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Binds the list of jobs.
public final class JobsController implements ScreenController {
    private static final double WIDE = 680;

    private static final List<String> STATES =
            Stream.of(JobState.values()).map(s -> s.name().toLowerCase(Locale.ROOT)).toList();

    private final Desk desk;
    private final Wording words;
    private final OfflineStore store;
    private final JobsViewModel model;
    private final JobViewModel job;
    private final RepairViewModel repairs;
    private final Open open = new Open();
    private final Open log = new Open();
    private @Nullable Subscription list;

    @FXML private Button allMatching;
    @FXML private JobFilterController filterController;
    @FXML private RepairController repairController;
    @FXML private LoadPane pane;
    @FXML private TableView<Job> table;
    @FXML private TableColumn<Job, Job> stateColumn;
    @FXML private TableColumn<Job, Job> subject;
    @FXML private TableColumn<Job, Job> type;
    @FXML private TableColumn<Job, Job> progress;
    @FXML private TableColumn<Job, Job> attempts;
    @FXML private TableColumn<Job, Job> when;
    @FXML private TableColumn<Job, Job> error;
    @FXML private Button retry;
    @FXML private Button discard;
    @FXML private Label selection;
    @FXML private Label extent;
    @FXML private Button more;

    public JobsController(ScreenContext context) {
        this.desk = Desk.of(context);
        this.words = desk.words();
        this.store = context.store();
        this.model =
                new JobsViewModel(
                        JobCommands.of(context.client()),
                        (asked, cursor) ->
                                store.load(
                                        Jobs.matching(asked),
                                        cursor == null,
                                        () -> context.client().jobs().matching(asked, cursor)),
                        desk.commander(),
                        desk.loader(),
                        this::tell,
                        desk.access(),
                        context.clock(),
                        words);
        this.repairs =
                new RepairViewModel(
                        RepairCommands.of(context.client()),
                        model.query(),
                        desk.commander(),
                        desk.access(),
                        words);
        this.job =
                new JobViewModel(
                        (id, cursor) ->
                                store.load(
                                        Jobs.log(id),
                                        cursor == null,
                                        () -> context.client().jobs().log(id, cursor)),
                        desk.loader(),
                        desk.access(),
                        context.clock(),
                        words);
    }

    @FXML
    private void initialize() {
        columns();
        Columns.fill(table);
        filterController.use(model);
        repairController.use(repairs);
        Buttons.hint(allMatching, words.say("jobs.repair.hint"));
        RowStyles.mark(table, row -> row.state().name().toLowerCase(Locale.ROOT), STATES);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        Selection.keep(table, model.paged().items(), Job::id, model.selected()::setAll);
        pane.stateProperty().bind(model.paged().state().map(JobsController::items));
        pane.setClock(desk.context().clock());
        pane.setOnRetry(model::refresh, model.online().reason());
        extent.textProperty().bind(model.paged().extent());
        Buttons.join(retry, model.retryGate(), words.say("jobs.retry.hint"));
        Buttons.join(discard, model.discardGate(), words.say("jobs.discard.hint"));
        Buttons.join(more, model.moreGate(), words.say("pages.more.hint"));
        table.setOnKeyPressed(
                key -> {
                    if (key.getCode() == KeyCode.DELETE) {
                        onDiscard();
                    } else if (key.getCode() == KeyCode.R && key.isShortcutDown()) {
                        onRetry();
                    } else if (key.getCode() == KeyCode.M && key.isShortcutDown()) {
                        onAll();
                    }
                });
        model.query().addListener((_, _, _) -> observe());
        job.id().addListener((_, _, id) -> observeLog(id));
    }

    private void columns() {
        Columns.ordered(
                stateColumn,
                row -> words.of("jobState", row.state()),
                Comparator.comparing(Job::state));
        Columns.text(subject, Job::subject);
        Columns.text(type, Job::type);
        // on a narrow window the error says more
        progress.visibleProperty().bind(table.widthProperty().greaterThan(WIDE));
        Columns.drawn(progress, _ -> new ProgressBar(), JobsController::progress);
        Columns.figure(attempts, row -> row(row).attempts(), Job::attempt);
        Columns.ordered(when, row -> row(row).when(), Comparator.comparing(JobRow::latest));
        Columns.text(error, row -> row(row).error());
    }

    private static void progress(ProgressBar bar, Job row) {
        bar.setPrefWidth(70);
        bar.setVisible(row.total() > 0);
        bar.setProgress(row.total() > 0 ? (double) row.done() / row.total() : 0);
    }

    private static LoadState<List<Job>> items(LoadState<Listing<Job>> state) {
        return state.map(Listing::items);
    }

    private JobRow row(Job item) {
        return JobRow.of(item, desk.context().clock().instant(), words);
    }

    /// @param details where the selected job is shown
    /// @param queues the queues to choose from
    /// @param failures the faults, whose types are chosen from
    void use(
            JobController details,
            ObservableList<QueueRow> queues,
            ObservableList<FailureRow> failures) {
        details.use(job);
        model.selected()
                .addListener(
                        (ListChangeListener<Job>)
                                _ -> {
                                    List<Job> now = model.selected();
                                    job.show(now.isEmpty() ? null : now.getFirst());
                                    selection.setText(
                                            now.size() < 2
                                                    ? ""
                                                    : words.say(
                                                            "jobs.selected",
                                                            Figures.count(now.size())));
                                });
        filterController.offer(queues, failures);
    }

    void showFault(String fingerprint) {
        model.showFault(fingerprint);
        table.requestFocus();
    }

    private void tell(String outcome, @Nullable Problem problem) {
        desk.context().notices().info(outcome);
        if (problem != null) {
            desk.context().notices().show(problem);
        }
    }

    private void observe() {
        if (list != null) {
            list.close();
        }
        list = store.observe(Jobs.matching(model.query().get())).into(model.paged()::show);
    }

    private void observeLog(String id) {
        log.close();
        if (!id.isEmpty()) {
            log.add(store.observe(Jobs.log(id)).into(job::showLog));
        }
    }

    @Override
    public void shown() {
        observe();
        observeLog(job.id().get());
        open.add(
                log,
                () -> {
                    if (list != null) {
                        list.close();
                    }
                },
                store.observe(Queues.repairs()).into(repairs::showAll),
                Ticker.every(5, this::refresh));
        model.refresh();
    }

    private void refresh() {
        if (model.onFirstPage()) {
            model.refresh();
        }
    }

    @Override
    public void hidden() {
        open.close();
    }

    @FXML
    private void onAll() {
        repairs.toggle();
    }

    @FXML
    private void onMore() {
        model.more();
    }

    @FXML
    private void onRetry() {
        model.retry();
    }

    @FXML
    private void onDiscard() {
        model.beforeDiscard()
                .ifPresent(
                        asked ->
                                ConfirmDialog.ask(
                                        table.getScene().getWindow(),
                                        asked,
                                        words,
                                        model::discard));
    }
}
