package dev.slipway.console.brokers;

import dev.slipway.client.kept.Brokers;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.console.command.Desk;
import dev.slipway.console.fx.LoadPane;
import dev.slipway.console.fx.ScreenController;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.table.Columns;
import dev.slipway.console.table.Open;
import dev.slipway.console.table.RowStyles;
import dev.slipway.console.table.Selection;
import dev.slipway.console.table.Ticker;

import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// Binds the screen of brokers; what lies in a queue binds itself.
public final class BrokersController implements ScreenController {
    private static final List<String> TROUBLES = List.of("down", "no_consumer", "stale", "unknown");
    private static final double WIDE = 1_150;

    private final Desk desk;
    private final OfflineStore store;
    private final BrokersViewModel model;
    private final Open open = new Open();
    private List<BrokerQueueRow> chosen = List.of();

    @FXML private Label well;
    @FXML private Label trouble;
    @FXML private Label extent;
    @FXML private TextField brokerText;
    @FXML private LoadPane queuesPane;
    @FXML private TableView<BrokerQueueRow> brokerQueues;
    @FXML private TableColumn<BrokerQueueRow, BrokerQueueRow> name;
    @FXML private TableColumn<BrokerQueueRow, BrokerQueueRow> broker;
    @FXML private TableColumn<BrokerQueueRow, BrokerQueueRow> verdict;
    @FXML private TableColumn<BrokerQueueRow, BrokerQueueRow> depth;
    @FXML private TableColumn<BrokerQueueRow, BrokerQueueRow> ready;
    @FXML private TableColumn<BrokerQueueRow, BrokerQueueRow> unacked;
    @FXML private TableColumn<BrokerQueueRow, BrokerQueueRow> oldest;
    @FXML private TableColumn<BrokerQueueRow, BrokerQueueRow> in;
    @FXML private TableColumn<BrokerQueueRow, BrokerQueueRow> out;
    @FXML private TableColumn<BrokerQueueRow, BrokerQueueRow> acked;
    @FXML private TableColumn<BrokerQueueRow, BrokerQueueRow> consumers;
    @FXML private TableColumn<BrokerQueueRow, BrokerQueueRow> state;
    @FXML private DeadLettersController deadController;

    public BrokersController(ScreenContext context) {
        this.desk = Desk.of(context);
        this.store = context.store();
        this.model = new BrokersViewModel(context.clock(), desk.words());
    }

    @FXML
    private void initialize() {
        well.textProperty().bind(model.well());
        shownIfAny(well);
        trouble.textProperty().bind(model.trouble());
        shownIfAny(trouble);
        extent.textProperty().bind(model.extent());
        brokerText.textProperty().bindBidirectional(model.text());
        queuesPane.stateProperty().bind(model.state());
        queuesPane.setClock(desk.context().clock());
        brokerQueues.setPlaceholder(new Label(desk.words().say("brokers.noMatch")));
        Columns.fill(brokerQueues);
        columns();
        RowStyles.mark(
                brokerQueues, row -> row.trouble().name().toLowerCase(Locale.ROOT), TROUBLES);
        Selection.keep(brokerQueues, model.rows(), row -> row.queue().id(), this::choose);
    }

    private static void shownIfAny(Label label) {
        label.visibleProperty().bind(label.textProperty().isNotEmpty());
        label.managedProperty().bind(label.visibleProperty());
    }

    private void columns() {
        Columns.text(name, BrokerQueueRow::name);
        Columns.text(broker, row -> row.queue().broker());
        Columns.ordered(verdict, BrokerQueueRow::verdict, BrokerQueueRow.WORST_FIRST);
        Columns.drawn(depth, _ -> new DepthLine(), (line, row) -> line.show(row.queue().depths()));
        number(ready, row -> row.queue().ready());
        number(unacked, row -> row.queue().unacked());
        Columns.figure(
                oldest,
                BrokerQueueRow::oldest,
                row -> Objects.requireNonNullElse(row.queue().oldest(), Instant.MAX));
        rate(in, row -> row.queue().inPerSecond());
        rate(out, row -> row.queue().outPerSecond());
        rate(acked, row -> row.queue().ackedPerSecond());
        number(consumers, row -> row.queue().consumers());
        Columns.text(
                state,
                row ->
                        BrokerQueueRow.readable(
                                (row.queue().type() + " " + row.queue().state()).strip()));
        // on a narrow window what is wrong says more
        state.visibleProperty().bind(brokerQueues.widthProperty().greaterThan(WIDE));
        broker.visibleProperty().bind(brokerQueues.widthProperty().greaterThan(WIDE));
    }

    private interface Known<N extends Number> {
        @org.jspecify.annotations.Nullable
        N of(BrokerQueueRow row);
    }

    private static void number(
            TableColumn<BrokerQueueRow, BrokerQueueRow> column, Known<Long> number) {
        Columns.figure(
                column,
                row -> BrokerQueueRow.count(number.of(row)),
                row -> BrokerQueueRow.number(number.of(row)));
    }

    private static void rate(
            TableColumn<BrokerQueueRow, BrokerQueueRow> column, Known<Double> rate) {
        Columns.figure(
                column,
                row -> BrokerQueueRow.rate(rate.of(row)),
                row -> BrokerQueueRow.number(rate.of(row)));
    }

    private void choose(List<BrokerQueueRow> rows) {
        chosen = rows;
        if (rows.isEmpty()) {
            deadController.model().show(null, java.util.Optional.empty());
        } else {
            var queue = rows.getFirst().queue();
            deadController.model().show(queue, model.broker(queue.broker()));
        }
    }

    @Override
    public void shown() {
        open.add(
                store.observe(Brokers.all())
                        .into(
                                fresh -> {
                                    model.showBrokers(fresh);
                                    // what may be done there may have changed
                                    choose(chosen);
                                }),
                store.observe(Brokers.queues()).into(model::showQueues),
                Ticker.every(1, model::tick));
    }

    @Override
    public void hidden() {
        open.close();
    }
}
