package dev.slipway.console.migration;

import dev.slipway.api.migration.Place;
import dev.slipway.api.migration.Validation;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.Desk;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.LoadPane;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.table.Columns;
import dev.slipway.console.table.RowStyles;
import dev.slipway.console.table.Selection;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// Binds the validations of the run.
public final class ValidationsController {
    private final Desk desk;
    private final Wording words;

    @FXML private Label verdict;
    @FXML private CheckBox redOnly;
    @FXML private LoadPane pane;
    @FXML private TableView<Validation> table;
    @FXML private TableColumn<Validation, Validation> passed;
    @FXML private TableColumn<Validation, Validation> step;
    @FXML private TableColumn<Validation, Validation> name;
    @FXML private TableColumn<Validation, Validation> source;
    @FXML private TableColumn<Validation, Validation> target;
    @FXML private TextArea detail;
    @FXML private TableView<Place> places;
    @FXML private TableColumn<Place, Place> placeTable;
    @FXML private TableColumn<Place, Place> placeKey;
    @FXML private TableColumn<Place, Place> placeSource;
    @FXML private TableColumn<Place, Place> placeColumn;
    @FXML private TableColumn<Place, Place> placeIs;
    @FXML private TableColumn<Place, Place> placeExpected;
    @FXML private Button copyPlaces;

    public ValidationsController(ScreenContext context) {
        this.desk = Desk.of(context);
        this.words = desk.words();
    }

    @FXML
    private void initialize() {
        Columns.fill(table);
        Columns.ordered(
                passed,
                row -> words.say(row.passed() ? "validations.pass" : "validations.fail"),
                Comparator.comparing(Validation::passed));
        Columns.text(step, row -> row.step().isEmpty() ? words.say("validations.all") : row.step());
        Columns.text(name, Validation::name);
        Columns.figure(source, Validation::source, Validation::source);
        Columns.figure(target, Validation::target, Validation::target);
        Columns.fill(places);
        Columns.text(placeTable, Place::table);
        Columns.text(placeKey, Place::key);
        Columns.text(placeSource, Place::source);
        Columns.text(placeColumn, Place::column);
        Columns.text(placeIs, Place::is);
        Columns.text(placeExpected, Place::expected);
        places.setPlaceholder(new Label(words.say("validations.noPlaces")));
        Buttons.hint(copyPlaces, words.say("validations.copy.hint"));
        RowStyles.mark(table, row -> row.passed() ? "green" : "red", List.of("green", "red"));
    }

    void use(ValidationsViewModel model) {
        pane.stateProperty().bind(model.state());
        pane.setClock(desk.context().clock());
        verdict.textProperty().bind(model.verdict());
        redOnly.selectedProperty().bindBidirectional(model.redOnly());
        Selection.keep(table, model.validations(), Validation::id, this::show);
    }

    private void show(List<Validation> rows) {
        detail.setText(rows.isEmpty() ? "" : describe(rows.getFirst()));
        places.getItems().setAll(rows.isEmpty() ? List.of() : rows.getFirst().places());
    }

    /// The rows that are selected below, or all of them; with what the check says where there are
    /// none.
    @FXML
    private void onCopy() {
        List<Place> chosen = List.copyOf(places.getSelectionModel().getSelectedItems());
        List<Place> copied = chosen.isEmpty() ? List.copyOf(places.getItems()) : chosen;
        var content = new ClipboardContent();
        content.putString(
                copied.isEmpty()
                        ? detail.getText()
                        : copied.stream()
                                .map(ValidationsController::line)
                                .collect(Collectors.joining("\n")));
        Clipboard.getSystemClipboard().setContent(content);
        desk.context().notices().info(words.say("validations.copied"));
    }

    /// For a spreadsheet or a chat: its parts with tabs between.
    private static String line(Place place) {
        return String.join(
                "\t",
                place.table(),
                place.key(),
                place.source(),
                place.column(),
                place.is(),
                place.expected());
    }

    private String describe(Validation row) {
        return words.say(
                "validations.described",
                row.name(),
                row.source(),
                row.target(),
                Objects.requireNonNullElse(row.detail(), ""));
    }
}
