package dev.slipway.console.metrics;

import dev.slipway.api.metrics.Interval;
import dev.slipway.client.kept.Metrics;
import dev.slipway.client.offline.LoadState;
import dev.slipway.client.offline.Subscription;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.FirstPaint;
import dev.slipway.console.fx.LoadPane;
import dev.slipway.console.fx.ScreenController;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.table.Columns;
import dev.slipway.console.table.Rows;
import dev.slipway.console.table.Sorting;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.fxml.FXML;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Response times, legacy against new on one clock.
public final class ResponseTimesController implements ScreenController {
    private final ScreenContext context;
    private final ResponseTimesViewModel model;
    private final CachesViewModel caches;
    private final List<Subscription> open = new ArrayList<>();
    private Subscription intervals = () -> {};

    @FXML private HBox ranges;
    @FXML private CheckBox logScale;
    @FXML private LoadPane chartPane;
    @FXML private ResponseChart chart;
    private final ObservableList<RouteRow> rows = FXCollections.observableArrayList();

    @FXML private VBox cacheCard;
    @FXML private Label cacheWell;
    @FXML private Label cacheTrouble;
    @FXML private LoadPane tablePane;
    @FXML private Label basis;
    @FXML private TableView<RouteRow> table;
    @FXML private TableColumn<RouteRow, RouteRow> pool;
    @FXML private TableColumn<RouteRow, RouteRow> route;
    @FXML private TableColumn<RouteRow, RouteRow> n;
    @FXML private TableColumn<RouteRow, RouteRow> rate;
    @FXML private TableColumn<RouteRow, RouteRow> p50;
    @FXML private TableColumn<RouteRow, RouteRow> p95;
    @FXML private TableColumn<RouteRow, RouteRow> p99;
    @FXML private TableColumn<RouteRow, RouteRow> max;
    @FXML private TableColumn<RouteRow, RouteRow> errors;

    @SuppressWarnings("NullAway.Init") // the loader sets the FXML fields
    public ResponseTimesController(ScreenContext context) {
        this.context = context;
        this.model = new ResponseTimesViewModel(context.texts(), context.clock());
        this.caches = new CachesViewModel(context.clock(), new Wording(context.texts()));
    }

    @FXML
    void initialize() {
        addRanges();
        chartPane.setClock(context.clock());
        tablePane.setClock(context.clock());
        logScale.selectedProperty().bindBidirectional(model.logScale());
        chart.logScaleProperty().bind(model.logScale());
        basis.textProperty().bind(model.basis());
        model.rows().subscribe(this::showRows);
        showCaches();
        var texts = context.texts();
        Sorting.show(table, rows);
        Columns.ordered(
                pool,
                row -> texts.getString("pool." + row.pool()),
                Comparator.comparing(RouteRow::pool));
        Columns.text(route, row -> row.route(texts));
        Columns.figure(n, RouteRow::n, row -> row.window().latency().n());
        Columns.figure(rate, RouteRow::rate, row -> row.window().rate());
        Columns.figure(p50, RouteRow::p50, row -> row.window().latency().p50());
        Columns.figure(p95, RouteRow::p95, row -> row.window().latency().p95());
        Columns.figure(p99, row -> row.p99(texts), RouteRow::knownP99);
        Columns.figure(max, RouteRow::max, row -> row.window().latency().max());
        Columns.figure(errors, RouteRow::errors, row -> row.window().errorShare());
    }

    private void showCaches() {
        cacheWell.textProperty().bind(caches.well());
        cacheTrouble.textProperty().bind(caches.trouble());
        for (Label label : List.of(cacheWell, cacheTrouble)) {
            label.visibleProperty().bind(label.textProperty().isNotEmpty());
            label.managedProperty().bind(label.visibleProperty());
        }
        cacheCard
                .visibleProperty()
                .bind(cacheWell.visibleProperty().or(cacheTrouble.visibleProperty()));
        cacheCard.managedProperty().bind(cacheCard.visibleProperty());
    }

    @Override
    public void shown() {
        open.add(context.store().observe(Metrics.caches()).into(caches::show));
        open.add(
                context.store()
                        .observe(Metrics.windows())
                        .into(
                                state ->
                                        model.show(
                                                Metrics.measured(
                                                        state, context.clock().instant()))));
        open.add(
                model.range()
                                .subscribe(
                                        range -> {
                                            intervals.close();
                                            intervals =
                                                    context.store()
                                                            .observe(
                                                                    Metrics.intervals(
                                                                            range.length()))
                                                            .into(this::showIntervals);
                                        })
                        ::unsubscribe);
    }

    @Override
    public void hidden() {
        intervals.close();
        open.forEach(Subscription::close);
        open.clear();
    }

    private void addRanges() {
        var group = new ToggleGroup();
        Range[] all = Range.values();
        for (int i = 0; i < all.length; i++) {
            Range range = all[i];
            var button = new ToggleButton(context.texts().getString("metrics.range." + range));
            button.setId("range-" + range.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            button.setMnemonicParsing(true);
            button.setToggleGroup(group);
            button.getStyleClass()
                    .add(i == 0 ? "left-pill" : i == all.length - 1 ? "right-pill" : "center-pill");
            // one is always chosen
            button.setOnAction(_ -> button.setSelected(true));
            button.setSelected(range == model.range().get());
            // arrow keys select without an action
            button.selectedProperty()
                    .subscribe(
                            chosen -> {
                                if (chosen) {
                                    model.range().set(range);
                                }
                            });
            ranges.getChildren().add(button);
        }
    }

    private void showIntervals(LoadState<List<Interval>> state) {
        chartPane.setState(state);
        state.value()
                .filter(all -> !all.isEmpty())
                .ifPresent(
                        all -> {
                            Interval last = all.getLast();
                            Instant measured = last.from().plusMillis(last.millis());
                            chart.show(all, model.range().get().length(), end(state, measured));
                            FirstPaint.mark(chart);
                        });
    }

    /// The axis ends now; stale data ends where it does.
    private Instant end(LoadState<?> state, Instant measured) {
        Instant now = context.clock().instant();
        return state instanceof LoadState.Ready<?> && measured.plusSeconds(60).isAfter(now)
                ? measured
                : state instanceof LoadState.Ready<?> ? now : measured;
    }

    private void showRows(LoadState<List<RouteRow>> state) {
        state.value().ifPresent(fresh -> Rows.show(rows, fresh, row -> row.window().id()));
        tablePane.setState(state);
    }
}
