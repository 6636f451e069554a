package dev.slipway.console.overview;

import dev.slipway.api.launch.Launch;
import dev.slipway.api.metrics.Interval;
import dev.slipway.api.metrics.Pool;
import dev.slipway.client.kept.Invoices;
import dev.slipway.client.kept.Launches;
import dev.slipway.client.kept.Metrics;
import dev.slipway.client.kept.Migrations;
import dev.slipway.client.kept.Queues;
import dev.slipway.client.offline.LoadState;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.client.offline.Subscription;
import dev.slipway.console.fx.FirstPaint;
import dev.slipway.console.fx.LoadPane;
import dev.slipway.console.fx.ScreenController;
import dev.slipway.console.fx.Ticker;
import dev.slipway.console.metrics.ResponseChart;
import dev.slipway.console.shell.Screen;
import dev.slipway.console.shell.ScreenContext;

import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The first screen.
public final class OverviewController implements ScreenController {
    private static final Duration TREND = Duration.ofMinutes(15);

    private final ScreenContext context;
    private final OverviewViewModel model;
    private final Ticker ticker;
    private final List<Subscription> open = new ArrayList<>();
    private LoadState<List<Interval>> lastTrend = new LoadState.Idle<>();
    private @Nullable ResponseChart chart;

    @FXML private HBox brokerNotice;
    @FXML private Label brokerTitle;
    @FXML private Label brokerMeaning;
    @FXML private PoolController legacyController;
    @FXML private PoolController freshController;
    @FXML private GlanceController ordersController;
    @FXML private GlanceController queuesController;
    @FXML private GlanceController migrationController;
    @FXML private GlanceController invoicesController;
    @FXML private LoadPane launch;
    @FXML private Label launchFigure;
    @FXML private Label launchWords;
    @FXML private Label launchDetail;
    @FXML private ShareBar intendedBar;
    @FXML private ShareBar reportedBar;
    @FXML private ShareBar measuredBar;
    @FXML private Label intended;
    @FXML private Label reported;
    @FXML private Label measured;
    @FXML private LoadPane trendPane;
    @FXML private StackPane trend;

    @SuppressWarnings("NullAway.Init") // the loader sets the FXML fields
    public OverviewController(ScreenContext context) {
        this.context = context;
        this.model = new OverviewViewModel(context.texts(), context.clock().instant());
        this.ticker = new Ticker(context.clock());
    }

    @FXML
    void initialize() {
        var texts = context.texts();
        legacyController.bind(texts.getString("pool.LEGACY"), model.pool(Pool.LEGACY), context);
        freshController.bind(texts.getString("pool.NEW"), model.pool(Pool.NEW), context);
        ordersController.bind(
                texts.getString("overview.orders"),
                "fth-shopping-bag",
                model.orders(),
                context.clock());
        queuesController.bind(
                texts.getString("screen.queues"), "fth-layers", model.queues(), context.clock());
        migrationController.bind(
                texts.getString("screen.migration"),
                "fth-database",
                model.migration(),
                context.clock());
        invoicesController.bind(
                texts.getString("screen.invoices"),
                "fth-file-text",
                model.invoices(),
                context.clock());
        brokerTitle.textProperty().bind(model.broker().title());
        brokerMeaning.textProperty().bind(model.broker().meaning());
        brokerNotice.visibleProperty().bind(model.broker().title().isNotEmpty());
        brokerNotice.managedProperty().bind(brokerNotice.visibleProperty());
        model.launch().subscribe(this::showLaunch);
        model.shares().subscribe(state -> state.value().ifPresent(this::showShares));
        ticker.now().subscribe(model::tick);
        for (LoadPane pane : List.of(launch, trendPane)) {
            pane.setClock(context.clock());
        }
    }

    @FXML
    private void onQueues() {
        context.screens().accept(Screen.QUEUES);
    }

    @Override
    public void shown() {
        OfflineStore store = context.store();
        open.add(store.observe(Metrics.windows()).into(model::showWindows));
        open.add(store.observe(Queues.all()).into(model::showQueues));
        open.add(store.observe(Queues.broker()).into(model::showBroker));
        open.add(store.observe(Migrations.runs()).into(model::showRuns));
        open.add(store.observe(Invoices.runs()).into(model::showInvoiceRuns));
        open.add(store.observe(Launches.current()).into(model::showLaunch));
        open.add(store.observe(Metrics.intervals(TREND)).into(this::showTrend));
        ticker.start();
        if (chart == null) {
            FirstPaint.after(trend, this::addChart);
        }
    }

    @Override
    public void hidden() {
        ticker.stop();
        open.forEach(Subscription::close);
        open.clear();
    }

    /// The chart library costs a third of a second to load: the verdicts are painted before it.
    private void showTrend(LoadState<List<Interval>> state) {
        lastTrend = state;
        trendPane.setState(state);
        ResponseChart drawn = chart;
        if (drawn != null) {
            state.value()
                    .filter(intervals -> !intervals.isEmpty())
                    .ifPresent(
                            intervals -> {
                                Interval last = intervals.getLast();
                                drawn.show(intervals, TREND, last.from().plusMillis(last.millis()));
                            });
        }
    }

    private void addChart() {
        if (chart == null) {
            var made = new ResponseChart();
            made.setBrief(true);
            made.logScaleProperty().set(true);
            trend.getChildren().setAll(made);
            chart = made;
            showTrend(lastTrend);
        }
    }

    private void showLaunch(LoadState<Glance> state) {
        launch.setState(state);
        state.value()
                .ifPresent(
                        glance -> {
                            launchFigure.setText(glance.figure());
                            launchWords.setText(glance.words());
                            launchDetail.setText(glance.detail());
                        });
    }

    private void showShares(Launch now) {
        @Nullable Integer router = now.reported();
        @Nullable Double counted = now.measured();
        intendedBar.setShare(now.intended());
        reportedBar.setShare(router == null ? Double.NaN : router);
        measuredBar.setShare(counted == null ? Double.NaN : counted);
        intended.setText(now.intended() + " %");
        reported.setText(
                router == null ? context.texts().getString("overview.unknown") : router + " %");
        measured.setText(
                counted == null
                        ? context.texts().getString("metrics.too-few")
                        : String.format(Locale.UK, "%.1f %%", counted));
    }
}
