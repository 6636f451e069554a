package dev.slipway.console.brokers;

import dev.slipway.api.brokers.MoveVia;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.ConfirmDialog;
import dev.slipway.console.command.Desk;
import dev.slipway.console.command.Wording;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.table.Columns;
import dev.slipway.console.table.Figures;
import dev.slipway.console.table.Selection;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// Binds what lies in a queue.
public final class DeadLettersController {
    private static final List<Integer> COUNTS = List.of(10, 50, 200);
    private static final List<Integer> RATES = List.of(1, 10, 50, 200, 1_000);

    private final Desk desk;
    private final Wording words;
    private final DeadLettersViewModel model;

    @FXML private Label title;
    @FXML private ComboBox<Integer> lookCount;
    @FXML private CheckBox despiteLimit;
    @FXML private Button look;
    @FXML private Label warning;
    @FXML private TableView<DeadMessageRow> deadMessages;
    @FXML private TableColumn<DeadMessageRow, DeadMessageRow> place;
    @FXML private TableColumn<DeadMessageRow, DeadMessageRow> origin;
    @FXML private TableColumn<DeadMessageRow, DeadMessageRow> why;
    @FXML private TableColumn<DeadMessageRow, DeadMessageRow> when;
    @FXML private TableColumn<DeadMessageRow, DeadMessageRow> bytes;
    @FXML private TableColumn<DeadMessageRow, DeadMessageRow> payload;
    @FXML private Label deadExtent;
    @FXML private ComboBox<MoveVia> via;
    @FXML private ComboBox<Integer> moveRate;
    @FXML private Button previewMove;
    @FXML private Button moveChosen;
    @FXML private Button moveAll;
    @FXML private Label previewed;
    @FXML private Label deaths;
    @FXML private TextArea content;

    public DeadLettersController(ScreenContext context) {
        this.desk = Desk.of(context);
        this.words = desk.words();
        this.model =
                new DeadLettersViewModel(
                        BrokerCommands.of(context.client()),
                        desk.commander(),
                        context.notices()::info,
                        desk.access(),
                        context.clock(),
                        words);
    }

    DeadLettersViewModel model() {
        return model;
    }

    @FXML
    private void initialize() {
        title.textProperty().bind(model.title());
        choice(lookCount, COUNTS, n -> words.say("dead.count", n));
        lookCount.valueProperty().bindBidirectional(model.count());
        despiteLimit.selectedProperty().bindBidirectional(model.despiteLimit());
        warning.textProperty().bind(model.warning());
        warning.visibleProperty().bind(warning.textProperty().isNotEmpty());
        warning.managedProperty().bind(warning.visibleProperty());
        despiteLimit.disableProperty().bind(warning.textProperty().isEmpty());
        Buttons.join(look, model.lookGate(), words.say("dead.look.hint"));
        table();
        deadExtent.textProperty().bind(model.extent());
        choice(via, List.of(MoveVia.values()), each -> words.of("dead.via", each));
        via.valueProperty().bindBidirectional(model.via());
        choice(moveRate, RATES, n -> words.say("dead.rate", n));
        moveRate.valueProperty().bindBidirectional(model.rate());
        Buttons.join(previewMove, model.previewGate(), words.say("dead.preview.hint"));
        Buttons.join(moveChosen, model.moveChosenGate(), words.say("dead.move.chosen.hint"));
        Buttons.join(moveAll, model.moveAllGate(), words.say("dead.move.all.hint"));
        previewed.textProperty().bind(model.previewed());
        previewed.visibleProperty().bind(previewed.textProperty().isNotEmpty());
        previewed.managedProperty().bind(previewed.visibleProperty());
        show(List.of());
    }

    private void table() {
        Columns.fill(deadMessages);
        Objects.requireNonNull(deadMessages.getSelectionModel())
                .setSelectionMode(SelectionMode.MULTIPLE);
        deadMessages.setPlaceholder(new Label(words.say("dead.notLooked")));
        Columns.figure(place, row -> Figures.count(row.place()), DeadMessageRow::place);
        Columns.text(origin, DeadMessageRow::origin);
        Columns.text(why, DeadMessageRow::why);
        Columns.ordered(when, DeadMessageRow::when, Comparator.comparing(DeadMessageRow::place));
        Columns.figure(
                bytes, row -> Figures.count(row.message().bytes()), row -> row.message().bytes());
        Columns.text(payload, DeadMessageRow::line);
        Selection.keep(deadMessages, model.rows(), DeadMessageRow::place, this::show);
    }

    private static <T> void choice(
            ComboBox<T> box, List<T> values, java.util.function.Function<T, String> name) {
        box.getItems().setAll(values);
        box.setConverter(
                new StringConverter<T>() {
                    @Override
                    public String toString(@Nullable T value) {
                        return value == null ? "" : name.apply(value);
                    }

                    @Override
                    public @Nullable T fromString(String text) {
                        return null;
                    }
                });
    }

    private void show(List<DeadMessageRow> rows) {
        model.selected().setAll(rows);
        if (rows.isEmpty()) {
            deaths.setText(words.say("dead.nothingChosen"));
            content.setText("");
        } else {
            var message = rows.getFirst().message();
            deaths.setText(DeadMessageRow.deaths(message, desk.context().clock().instant(), words));
            content.setText(DeadMessageRow.content(message, words));
        }
    }

    @FXML
    private void onLook() {
        model.look();
    }

    @FXML
    private void onPreview() {
        model.preview();
    }

    @FXML
    private void onMoveChosen() {
        move(true);
    }

    @FXML
    private void onMoveAll() {
        move(false);
    }

    private void move(boolean chosen) {
        model.beforeMove(chosen)
                .ifPresent(
                        asked ->
                                ConfirmDialog.ask(
                                        deadMessages.getScene().getWindow(),
                                        asked,
                                        words,
                                        reason -> model.move(chosen, reason)));
    }
}
