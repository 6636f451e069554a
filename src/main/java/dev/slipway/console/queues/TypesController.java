package dev.slipway.console.queues;

import static dev.slipway.api.queues.HoldKind.TYPE;

import dev.slipway.client.kept.Queues;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.Desk;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.LoadPane;
import dev.slipway.console.fx.ScreenController;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.table.Columns;
import dev.slipway.console.table.Open;
import dev.slipway.console.table.RowStyles;
import dev.slipway.console.table.Selection;
import dev.slipway.console.table.Ticker;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// Binds the types of job.
public final class TypesController implements ScreenController {
    private final Desk desk;
    private final Wording words;
    private final OfflineStore store;
    private final TypesViewModel model;
    private final HoldViewModel hold;
    private final Open open = new Open();

    @FXML private LoadPane typesPane;
    @FXML private TableView<TypeRow> types;
    @FXML private TableColumn<TypeRow, TypeRow> typeName;
    @FXML private TableColumn<TypeRow, TypeRow> typeVerdict;
    @FXML private TableColumn<TypeRow, TypeRow> typeRunning;
    @FXML private TableColumn<TypeRow, TypeRow> typeOldest;
    @FXML private TableColumn<TypeRow, TypeRow> typeQueues;
    @FXML private Label pool;
    @FXML private Label poolTrouble;
    @FXML private Button pauseType;
    @FXML private Button resumeType;
    @FXML private Label mostLabel;
    @FXML private TextField most;
    @FXML private Button setMost;

    public TypesController(ScreenContext context) {
        this.desk = Desk.of(context);
        this.words = desk.words();
        this.store = context.store();
        var commander = desk.commander();
        var client = context.client();
        this.model =
                new TypesViewModel(
                        (type, limit) -> client.queues().limit(type, limit),
                        commander,
                        context.notices()::info,
                        desk.access(),
                        context.clock(),
                        words);
        this.hold =
                new HoldViewModel(
                        HoldCommands.of(client, TYPE),
                        "hold.type",
                        commander,
                        context.notices()::info,
                        desk.access(),
                        context.clock(),
                        words);
    }

    @FXML
    private void initialize() {
        typesPane.stateProperty().bind(model.state());
        typesPane.setClock(desk.context().clock());
        Columns.fill(types);
        Columns.text(typeName, row -> row.status().type());
        Columns.ordered(typeVerdict, TypeRow::verdict, TypeRow.HELD_FIRST);
        Columns.figure(typeRunning, TypeRow::running, row -> row.status().running());
        Columns.figure(
                typeOldest,
                TypeRow::oldest,
                row -> Objects.requireNonNullElse(row.status().oldestReady(), Instant.MAX));
        Columns.text(typeQueues, row -> String.join(", ", row.status().queues()));
        RowStyles.mark(types, row -> row.verdict().isEmpty() ? "" : "paused", List.of("paused"));
        Selection.keep(types, model.types(), row -> row.status().type(), this::chosen);
        chosen(List.of());
        told(pool, model.pool().stands());
        told(poolTrouble, model.pool().trouble());
        HoldButtons.join(pauseType, resumeType, hold, words);
        mostLabel.setLabelFor(most);
        most.textProperty().bindBidirectional(model.most());
        Buttons.join(setMost, model.limitGate(), words.say("types.set.hint"));
    }

    private static void told(Label label, ReadOnlyStringProperty text) {
        label.textProperty().bind(text);
        label.visibleProperty().bind(text.isNotEmpty());
        label.managedProperty().bind(text.isNotEmpty());
    }

    private void chosen(List<TypeRow> rows) {
        TypeRow row = rows.isEmpty() ? null : rows.getFirst();
        model.select(row);
        hold.select(row == null ? null : row.status().type(), row == null ? null : row.hold());
    }

    @FXML
    private void onSetMost() {
        model.limit();
    }

    @Override
    public void shown() {
        open.add(
                store.observe(Queues.types()).into(model::showTypes),
                store.observe(Queues.holds()).into(model::showHolds),
                store.observe(Queues.pools()).into(model.pool()::show),
                Ticker.every(1, model::tick));
    }

    @Override
    public void hidden() {
        open.close();
    }
}
