package dev.slipway.console.migration;

import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.client.calls.QuarantineQuery;
import dev.slipway.client.kept.Migrations;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.ConfirmDialog;
import dev.slipway.console.command.Desk;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.ScreenController;
import dev.slipway.console.fx.StaleAge;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.table.Figures;
import dev.slipway.console.table.Open;
import dev.slipway.console.table.Ticker;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Objects;

/// Binds the migration screen: the run at the top, its parts in tabs.
public final class MigrationController implements ScreenController {
    private final Desk desk;
    private final Wording words;
    private final OfflineStore store;
    private final RunViewModel run;
    private final PaceViewModel pace;
    private final PlansViewModel plansModel;
    private final ChunksViewModel chunks;
    private final QuarantineViewModel quarantineModel;
    private final WorkbenchViewModel bench;
    private final ValidationsViewModel validationsModel;
    private final SyncViewModel sync;
    private final ChunkPages chunkPages;
    private final Open open = new Open();
    private final Open ofRun = new Open();
    private final Open ofQuery = new Open();

    @FXML private VBox root;
    @FXML private ComboBox<@Nullable Run> runs;
    @FXML private Label state;
    @FXML private StaleAge runAge;
    @FXML private Button pause;
    @FXML private Button resume;
    @FXML private Button cancel;
    @FXML private Label figures;
    @FXML private Label reason;
    @FXML private TabPane tabs;
    @FXML private Tab quarantineTab;
    @FXML private Tab validationsTab;
    @FXML private Tab stepsTab;
    @FXML private Tab plansTab;
    @FXML private Tab syncTab;
    @FXML private PaceController paceController;
    @FXML private StepsController stepsController;
    @FXML private QuarantineController quarantineController;
    @FXML private ValidationsController validationsController;
    @FXML private PlansController plansController;
    @FXML private SyncController syncController;

    public MigrationController(ScreenContext context) {
        this.desk = Desk.of(context);
        this.words = desk.words();
        this.store = context.store();
        MigrationCommands commands = MigrationCommands.of(context.client());
        Commander commander = desk.commander();
        run = new RunViewModel(commands, commander, desk.access(), context.clock(), words);
        pace =
                new PaceViewModel(
                        commands,
                        commander,
                        desk.access(),
                        context.clock(),
                        words,
                        run.selected(),
                        run::changed);
        plansModel =
                new PlansViewModel(
                        commands,
                        commander,
                        desk.access(),
                        run.runs(),
                        known ->
                                store.take(
                                        null,
                                        Migrations.plans(
                                                known, context.client().migrations().plans())),
                        this::started,
                        words);
        chunks = new ChunksViewModel(words);
        validationsModel = new ValidationsViewModel(words);
        quarantineModel =
                new QuarantineViewModel(
                        (query, cursor) ->
                                store.load(
                                        Migrations.quarantine(query),
                                        cursor == null,
                                        () -> context.client().quarantine().rows(query, cursor)),
                        (id, _) -> {
                            store.load(
                                    Migrations.replays(id),
                                    true,
                                    () -> context.client().quarantine().replays(id));
                            return store.load(
                                    Migrations.reasons(id),
                                    true,
                                    () -> context.client().quarantine().reasons(id));
                        },
                        desk.loader(),
                        desk.access(),
                        words);
        bench =
                new WorkbenchViewModel(
                        QuarantineCommands.of(context.client()),
                        quarantineModel,
                        commander,
                        desk.access(),
                        context.notices()::info,
                        words);
        sync =
                new SyncViewModel(
                        SyncCommands.of(context.client()),
                        commander,
                        desk.access(),
                        context.clock(),
                        words,
                        run.selected());
        chunkPages = new ChunkPages(context, desk.access(), desk.loader());
    }

    @FXML
    private void initialize() {
        paceController.use(pace);
        stepsController.use(run, chunks);
        quarantineController.use(quarantineModel, bench);
        validationsController.use(validationsModel);
        plansController.use(plansModel);
        syncController.use(sync);
        syncTab.textProperty().bind(sync.tab());
        sync.trouble().subscribe(this::markSync);
        runAge.setClock(desk.context().clock());
        run.state().subscribe(runAge::show);
        runs.setItems(run.runs());
        runs.setConverter(new RunNames());
        run.selected().addListener((_, _, now) -> showRun(now));
        runs.setOnAction(_ -> chosen());
        run.runId().addListener((_, _, id) -> observeRun(id));
        quarantineModel.query().addListener((_, _, query) -> observeQuarantine(query));
        figures.textProperty().bind(run.figures());
        reason.textProperty().bind(run.reason());
        reason.visibleProperty().bind(reason.textProperty().isNotEmpty());
        reason.managedProperty().bind(reason.visibleProperty());
        validationsModel.red().addListener((_, _, red) -> markValidations(red.longValue()));
        Buttons.join(pause, run.pauseGate(), words.say("run.pause.hint"));
        Buttons.join(resume, run.resumeGate(), words.say("run.resume.hint"));
        Buttons.join(cancel, run.cancelGate(), words.say("run.cancel.hint"));
        showRun(null);
    }

    private void showRun(@Nullable Run now) {
        state.setVisible(now != null);
        state.setText(now == null ? "" : words.of("runState", now.state()));
        for (var each : dev.slipway.api.migration.RunState.values()) {
            state.pseudoClassStateChanged(
                    PseudoClass.getPseudoClass(each.name().toLowerCase(Locale.ROOT)),
                    now != null && now.state() == each);
        }
        long inQuarantine =
                now == null ? 0 : now.steps().stream().mapToLong(StepProgress::quarantined).sum();
        quarantineTab.setText(words.say("quarantine.tabCount", Figures.count(inQuarantine)));
        quarantineModel.lookAt(now == null ? "" : now.id(), inQuarantine);
        quarantineModel.plan(plan(now));
        if (bench.replays().underWay()) {
            quarantineModel.outdate();
        }
        bench.replays().runIs(now == null ? null : now.state());
        chunkPages.follow(now);
        if (!Objects.equals(now, runs.getValue())) {
            runs.setValue(now);
        }
    }

    private String plan(@Nullable Run now) {
        return plansModel.plans().stream()
                .filter(known -> now != null && known.name().equals(now.plan()))
                .map(dev.slipway.api.migration.Plan::yaml)
                .findFirst()
                .orElse("");
    }

    private void tickQuarantine() {
        if (bench.replays().underWay()) {
            quarantineModel.outdate();
        }
        quarantineModel.tick();
    }

    private void chosen() {
        Run now = runs.getValue();
        if (now != null && !now.id().equals(run.runId().get())) {
            run.select(now);
        }
    }

    private void started(Run fresh) {
        run.started(fresh);
        tabs.getSelectionModel().select(stepsTab);
    }

    private void markValidations(long red) {
        validationsTab.getStyleClass().remove("red-tab");
        if (red > 0) {
            validationsTab.getStyleClass().add("red-tab");
        }
        validationsTab.setText(
                red == 0 ? words.say("validations.tab") : words.say("validations.tabRed", red));
    }

    private void markSync(String trouble) {
        syncTab.getStyleClass().remove("red-tab");
        if (!trouble.isEmpty()) {
            syncTab.getStyleClass().add("red-tab");
        }
    }

    private void observeRun(String id) {
        ofRun.close();
        if (!id.isEmpty()) {
            ofRun.add(
                    store.observe(Migrations.keptChunks(id)).into(chunks::show),
                    store.observe(Migrations.reasons(id)).into(quarantineModel::showReasons),
                    store.observe(Migrations.replays(id)).into(bench.replays()::show),
                    store.observe(Migrations.validations(id)).into(validationsModel::show));
        }
    }

    private void observeQuarantine(QuarantineQuery query) {
        ofQuery.close();
        if (!query.runId().isEmpty()) {
            ofQuery.add(store.observe(Migrations.quarantine(query)).into(quarantineModel::show));
        }
    }

    @Override
    public void shown() {
        open.add(
                store.observe(Migrations.runs()).into(run::show),
                store.observe(Migrations.plans()).into(plansModel::show),
                store.observe(Migrations.syncs()).into(sync::show),
                Ticker.every(1, run::tick),
                Ticker.every(1, pace::tick),
                Ticker.every(1, sync::tick),
                Ticker.every(2, this::tickQuarantine),
                ofRun,
                ofQuery);
        observeRun(run.runId().get());
        observeQuarantine(quarantineModel.query().get());
    }

    @Override
    public void hidden() {
        open.close();
    }

    @FXML
    private void onPause() {
        run.pause();
    }

    @FXML
    private void onResume() {
        run.resume();
    }

    @FXML
    private void onCancel() {
        run.beforeCancel()
                .ifPresent(
                        asked ->
                                ConfirmDialog.ask(
                                        root.getScene().getWindow(),
                                        asked,
                                        words,
                                        _ -> run.cancel()));
    }

    private final class RunNames extends StringConverter<@Nullable Run> {
        @Override
        public String toString(@Nullable Run value) {
            return value == null
                    ? ""
                    : words.say(
                            "run.name",
                            value.plan(),
                            Figures.moment(value.createdAt(), desk.context().clock().instant()),
                            words.of("runState", value.state()));
        }

        @Override
        public @Nullable Run fromString(String name) {
            return null;
        }
    }
}
