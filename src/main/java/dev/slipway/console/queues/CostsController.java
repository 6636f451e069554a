package dev.slipway.console.queues;

import dev.slipway.api.Page;
import dev.slipway.client.kept.Jobs;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.console.command.Desk;
import dev.slipway.console.fx.LoadPane;
import dev.slipway.console.fx.ScreenController;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.table.Columns;
import dev.slipway.console.table.Figures;
import dev.slipway.console.table.Open;
import dev.slipway.console.table.Selection;
import dev.slipway.console.table.Ticker;

import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// Binds what jobs cost.
public final class CostsController implements ScreenController {
    private static final int EVERY_SECONDS = 60;

    private final Desk desk;
    private final OfflineStore store;
    private final CostsViewModel model;
    private final Open open = new Open();

    @FXML private LoadPane costsPane;
    @FXML private TableView<CostRow> costs;
    @FXML private TableColumn<CostRow, CostRow> costType;
    @FXML private TableColumn<CostRow, CostRow> costJobs;
    @FXML private TableColumn<CostRow, CostRow> costCpu;
    @FXML private TableColumn<CostRow, CostRow> costEach;
    @FXML private TableColumn<CostRow, CostRow> costWall;
    @FXML private TableColumn<CostRow, CostRow> costAttempts;
    @FXML private Label costSummary;

    public CostsController(ScreenContext context) {
        this.desk = Desk.of(context);
        this.store = context.store();
        this.model =
                new CostsViewModel(
                        days ->
                                store.load(
                                        Jobs.costs(),
                                        true,
                                        () ->
                                                new Page<>(
                                                        context.client().workers().costs(days),
                                                        null,
                                                        null)),
                        desk.loader(),
                        desk.access(),
                        desk.words());
    }

    @FXML
    private void initialize() {
        costsPane.stateProperty().bind(model.state());
        costsPane.setClock(desk.context().clock());
        Columns.fill(costs);
        Columns.text(costType, CostRow::type);
        Columns.figure(costJobs, row -> Figures.count(row.jobs()), CostRow::jobs);
        Columns.figure(costCpu, CostRow::cpu, CostRow::cpuMillis);
        Columns.figure(costEach, CostRow::each, CostRow::eachMillis);
        Columns.figure(costWall, row -> CostRow.time(row.wallMillis()), CostRow::wallMillis);
        Columns.figure(costAttempts, row -> Figures.count(row.attempts()), CostRow::attempts);
        Selection.keep(costs, model.rows(), CostRow::type, _ -> {});
        costSummary.textProperty().bind(model.summary());
        costSummary.visibleProperty().bind(model.summary().isNotEmpty());
        costSummary.managedProperty().bind(costSummary.visibleProperty());
    }

    /// @param selected whether its part of the screen is the open one
    void follow(ObservableValue<Boolean> selected) {
        selected.subscribe(model::selected);
    }

    @Override
    public void shown() {
        open.add(
                store.observe(Jobs.costs()).into(model::show),
                Ticker.every(EVERY_SECONDS, model::refresh));
        model.shown();
    }

    @Override
    public void hidden() {
        model.hidden();
        open.close();
    }
}
