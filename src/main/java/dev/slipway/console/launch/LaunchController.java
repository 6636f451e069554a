package dev.slipway.console.launch;

import dev.slipway.api.metrics.Window;
import dev.slipway.client.kept.Launches;
import dev.slipway.client.kept.Metrics;
import dev.slipway.client.kept.Migrations;
import dev.slipway.client.offline.LoadState;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.Chords;
import dev.slipway.console.command.Desk;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.LoadPane;
import dev.slipway.console.fx.ScreenController;
import dev.slipway.console.fx.StaleAge;
import dev.slipway.console.migration.Readiness;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.table.Columns;
import dev.slipway.console.table.Open;
import dev.slipway.console.table.Sorting;
import dev.slipway.console.table.Ticker;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;

/// Binds the launch screen.
public final class LaunchController implements ScreenController {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
    private static final PseudoClass READY = PseudoClass.getPseudoClass("ready");
    private static final PseudoClass NOT_READY = PseudoClass.getPseudoClass("not-ready");
    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");

    private final LaunchViewModel model;
    private final OfflineStore store;
    private final InstantSource clock;
    private final Wording words;
    private final Open open = new Open();

    @FXML private VBox root;
    @FXML private LoadPane pane;
    @FXML private Button rollBack;
    @FXML private Label outcome;
    @FXML private Label problem;
    @FXML private ShareBar intendedBar;
    @FXML private Label intended;
    @FXML private Label intendedNote;
    @FXML private ShareBar reportedBar;
    @FXML private Label reported;
    @FXML private Label reportedNote;
    @FXML private ShareBar measuredBar;
    @FXML private Label measured;
    @FXML private Label measuredNote;
    @FXML private Label held;
    @FXML private Label change;
    @FXML private FlowPane steps;
    @FXML private TextField reason;
    @FXML private Button set;
    @FXML private Button hold;
    @FXML private Label why;
    @FXML private Label readyState;
    @FXML private Label readyText;
    @FXML private StaleAge readyAge;
    @FXML private StaleAge poolsAge;
    @FXML private TableView<PoolRow> pools;
    @FXML private TableColumn<PoolRow, PoolRow> pool;
    @FXML private TableColumn<PoolRow, PoolRow> p95;
    @FXML private TableColumn<PoolRow, PoolRow> errors;
    @FXML private TableColumn<PoolRow, PoolRow> rate;
    @FXML private TableColumn<PoolRow, PoolRow> n;

    /// @param rollBack what the chord presses on every screen
    public LaunchController(ScreenContext context, RollBack rollBack) {
        Desk desk = Desk.of(context);
        LaunchCommands commands = LaunchCommands.of(context.client());
        this.store = context.store();
        this.clock = context.clock();
        this.words = desk.words();
        this.model =
                new LaunchViewModel(
                        commands, desk.commander(), rollBack, desk.access(), clock, words);
    }

    @FXML
    private void initialize() {
        pane.stateProperty().bind(model.state());
        pane.setClock(clock);
        poolsAge.setClock(clock);
        readyAge.setClock(clock);
        model.cutOver().syncs().subscribe(readyAge::show);
        model.cutOver().readiness().subscribe(this::showReadiness);
        bind(model.shares().intended(), intendedBar, intended, intendedNote);
        bind(model.shares().reported(), reportedBar, reported, reportedNote);
        bind(model.shares().measured(), measuredBar, measured, measuredNote);
        change.textProperty().bind(model.change());
        shownWhenSet(problem, model.problem());
        held.visibleProperty().bind(model.held());
        held.managedProperty().bind(model.held());
        model.rollBackOutcome().addListener((_, _, now) -> tell(now));
        tell(model.rollBackOutcome().get());
        addSteps();
        bindCommands();
        bindPools();
    }

    private void bind(ObservableValue<Figure> figure, ShareBar bar, Label text, Label note) {
        bar.show(figure.getValue());
        figure.addListener((_, _, now) -> bar.show(now));
        text.textProperty().bind(figure.map(Figure::text));
        note.textProperty().bind(figure.map(Figure::note));
    }

    private void addSteps() {
        steps.getChildren().add(step(words.say("launch.minus"), "step-minus", -1));
        for (int percent : LaunchViewModel.STEPS) {
            Button button = new Button(percent + " %");
            button.setId("step-" + percent);
            button.getStyleClass().add("step");
            button.setOnAction(_ -> model.want(percent));
            Runnable mark =
                    () -> button.pseudoClassStateChanged(CHOSEN, model.wanted().get() == percent);
            model.wanted().addListener((_, _, _) -> mark.run());
            mark.run();
            steps.getChildren().add(button);
        }
        steps.getChildren().add(step(words.say("launch.plus"), "step-plus", 1));
    }

    private Button step(String text, String id, int by) {
        Button button = new Button(text);
        button.setId(id);
        button.setOnAction(_ -> model.want(model.wanted().get() + by));
        return button;
    }

    private void bindCommands() {
        reason.textProperty().bindBidirectional(model.reason());
        set.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                this::setText, model.wanted(), model.shares().intended()));
        hold.textProperty()
                .bind(model.held().map(now -> words.say(now ? "launch.resume" : "launch.hold")));
        why.textProperty().bind(model.setGate().reason().map(text -> text.isEmpty() ? "" : text));
        Buttons.join(set, model.setGate(), words.say("launch.set.hint"));
        Buttons.join(hold, model.holdGate(), words.say("launch.hold.hint"));
        Buttons.join(rollBack, model.rollBackGate(), words.say("launch.rollBack.hint"));
    }

    private String setText() {
        int wanted = model.wanted().get();
        return wanted == LaunchViewModel.NONE
                ? words.say("launch.set.unknown")
                : words.say("launch.set", wanted, model.shares().intended().get().text());
    }

    private void bindPools() {
        Columns.ordered(
                pool, row -> words.of("pool", row.pool()), Comparator.comparing(PoolRow::pool));
        Columns.figure(p95, PoolRow::p95, row -> row.window().latency().p95());
        Columns.figure(errors, PoolRow::errors, row -> row.window().errorShare());
        Columns.figure(rate, PoolRow::rate, row -> row.window().rate());
        Columns.figure(n, PoolRow::n, row -> row.window().latency().n());
        Columns.fill(pools);
        Sorting.show(pools, model.pools());
        pools.setPlaceholder(new Label(words.say("launch.pools.none")));
        pools.setFocusTraversable(false);
    }

    private void tell(RollBack.Outcome now) {
        outcome.setText(
                switch (now) {
                    case RollBack.Outcome.None _ -> "";
                    case RollBack.Outcome.Asking _ -> words.say("launch.rollBack.asking");
                    case RollBack.Outcome.Done(var launch, var took) ->
                            words.say("launch.rollBack.done", launch.intended(), took.toMillis());
                    case RollBack.Outcome.Failed(var failure) ->
                            words.say("launch.rollBack.failed", failure.title(), failure.detail());
                });
        boolean said = !outcome.getText().isEmpty();
        outcome.setVisible(said);
        outcome.setManaged(said);
        outcome.pseudoClassStateChanged(FAILED, now instanceof RollBack.Outcome.Failed);
    }

    private static void shownWhenSet(Label label, ObservableValue<String> text) {
        label.textProperty().bind(text);
        label.visibleProperty().bind(label.textProperty().isNotEmpty());
        label.managedProperty().bind(label.visibleProperty());
    }

    @Override
    public void shown() {
        open.add(
                store.observe(Launches.current()).into(model::show),
                store.observe(Metrics.windows()).into(this::showPools),
                store.observe(Migrations.syncs()).into(model.cutOver()::showSyncs),
                store.observe(Migrations.runs()).into(model.cutOver()::showRuns),
                Ticker.every(1, this::tick),
                Chords.on(root, "Shortcut+Shift+H", model::holdOrResume),
                Chords.on(root, "Shortcut+Enter", model::setWeight));
    }

    @Override
    public void hidden() {
        open.close();
    }

    private void showReadiness(@Nullable Readiness now) {
        boolean ready = now != null && now.ready();
        readyState.setText(words.say(ready ? "launch.ready.yes" : "launch.ready.no"));
        readyState.pseudoClassStateChanged(READY, ready);
        readyState.pseudoClassStateChanged(NOT_READY, !ready);
        readyText.setText(now == null ? "" : words.say("launch.ready.sync", now.text()));
    }

    private void showPools(LoadState<List<Window>> windows) {
        poolsAge.show(Metrics.measured(windows, clock.instant()));
        model.showWindows(windows);
    }

    private void tick() {
        model.tick();
    }

    @FXML
    private void onRollBack() {
        model.rollBack();
    }

    @FXML
    private void onSet() {
        model.setWeight();
    }

    @FXML
    private void onHold() {
        model.holdOrResume();
    }
}
