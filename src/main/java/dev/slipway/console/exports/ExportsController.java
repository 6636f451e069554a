package dev.slipway.console.exports;

import dev.slipway.api.tasks.Export;
import dev.slipway.api.tasks.ExportFormat;
import dev.slipway.api.tasks.ExportOf;
import dev.slipway.api.tasks.ExportState;
import dev.slipway.client.kept.Exports;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.ConfirmDialog;
import dev.slipway.console.command.Desk;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.IsoDates;
import dev.slipway.console.fx.LoadPane;
import dev.slipway.console.fx.ScreenController;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.table.Columns;
import dev.slipway.console.table.Figures;
import dev.slipway.console.table.Open;
import dev.slipway.console.table.RowStyles;
import dev.slipway.console.table.Selection;
import dev.slipway.console.table.Ticker;

import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// Binds the exports screen: the form for a new one, those there are, and the download.
public final class ExportsController implements ScreenController {
    private final Desk desk;
    private final Wording words;
    private final ExportsViewModel model;
    private final DownloadViewModel download;
    private final Open open = new Open();

    @FXML private VBox root;
    @FXML private ComboBox<ExportOf> what;
    @FXML private ComboBox<ExportFormat> format;
    @FXML private DatePicker from;
    @FXML private DatePicker to;
    @FXML private TextField vendor;
    @FXML private Button start;
    @FXML private Label why;
    @FXML private LoadPane pane;
    @FXML private TableView<ExportRow> table;
    @FXML private TableColumn<ExportRow, ExportRow> made;
    @FXML private TableColumn<ExportRow, ExportRow> whatColumn;
    @FXML private TableColumn<ExportRow, ExportRow> chosen;
    @FXML private TableColumn<ExportRow, ExportRow> state;
    @FXML private TableColumn<ExportRow, ExportRow> bar;
    @FXML private TableColumn<ExportRow, ExportRow> rows;
    @FXML private TableColumn<ExportRow, ExportRow> size;
    @FXML private TableColumn<ExportRow, ExportRow> asOf;
    @FXML private TableColumn<ExportRow, ExportRow> expires;
    @FXML private TableColumn<ExportRow, ExportRow> by;
    @FXML private Label details;
    @FXML private Button save;
    @FXML private Button cancel;
    @FXML private Button delete;
    @FXML private HBox downloading;
    @FXML private ProgressBar arrived;
    @FXML private Label arrivedText;
    @FXML private Button stop;

    public ExportsController(ScreenContext context) {
        this.desk = Desk.of(context);
        this.words = desk.words();
        ExportCommands commands = ExportCommands.of(context.client());
        this.download =
                new DownloadViewModel(
                        commands,
                        context.background(),
                        context.notices()::show,
                        context.notices()::info,
                        words);
        this.model =
                new ExportsViewModel(
                        commands,
                        desk.commander(),
                        download,
                        desk.access(),
                        context.clock(),
                        words);
    }

    @FXML
    private void initialize() {
        // rows in quarantine are exported where their run is looked at
        what.getItems().setAll(ExportOf.ORDERS, ExportOf.INVOICES);
        what.setConverter(new Named<>("exportOf"));
        what.valueProperty().bindBidirectional(model.what());
        format.getItems().setAll(ExportFormat.values());
        format.setConverter(new Named<>("exportFormat"));
        format.valueProperty().bindBidirectional(model.format());
        from.setConverter(new IsoDates());
        to.setConverter(new IsoDates());
        from.getEditor().textProperty().bindBidirectional(model.from());
        to.getEditor().textProperty().bindBidirectional(model.to());
        vendor.textProperty().bindBidirectional(model.vendor());
        why.textProperty().bind(model.outlook());
        columns();
        pane.stateProperty().bind(model.state());
        pane.setClock(desk.context().clock());
        Selection.keep(
                table,
                model.rows(),
                row -> row.export().id(),
                rows -> model.selected().set(rows.isEmpty() ? null : rows.getFirst().export()));
        model.selected().subscribe(this::showDetails);
        arrived.progressProperty().bind(download.share());
        arrivedText.textProperty().bind(download.text());
        downloading.visibleProperty().bind(download.text().isNotEmpty());
        downloading.managedProperty().bind(downloading.visibleProperty());
        downloading.visibleProperty().addListener((_, _, shown) -> followDownload(shown));
        Buttons.join(start, model.startGate(), words.say("exports.start.hint"));
        Buttons.join(save, model.saveGate(), words.say("exports.save.hint"));
        Buttons.join(cancel, model.cancelGate(), words.say("exports.cancel.hint"));
        Buttons.join(delete, model.deleteGate(), words.say("exports.delete.hint"));
        Buttons.hint(stop, words.say("exports.stop.hint"));
    }

    private void columns() {
        Columns.fill(table);
        Columns.ordered(
                made,
                row -> Figures.moment(row.export().createdAt(), desk.context().clock().instant()),
                Comparator.comparing(row -> row.export().createdAt()));
        Columns.text(whatColumn, ExportRow::what);
        Columns.text(chosen, ExportRow::chosen);
        Columns.ordered(state, ExportRow::state, Comparator.comparing(row -> row.export().state()));
        Columns.drawn(bar, _ -> new Progress(), Progress::show);
        Columns.figure(rows, ExportRow::rows, row -> row.export().rows());
        Columns.figure(
                size,
                ExportRow::size,
                row -> Objects.requireNonNullElse(row.export().bytes(), -1L));
        Columns.ordered(
                asOf,
                ExportRow::asOf,
                Comparator.comparing(
                        row -> row.export().asOf(),
                        Comparator.nullsFirst(Comparator.naturalOrder())));
        Columns.ordered(
                expires,
                ExportRow::expires,
                Comparator.comparing(
                        row -> row.export().expiresAt(),
                        Comparator.nullsLast(Comparator.naturalOrder())));
        Columns.text(by, row -> row.export().startedBy());
        RowStyles.mark(table, ExportRow::mark, List.of("failed", "lost", "ready", "running"));
    }

    /// A bar while it is written, and words for how it stands.
    private static final class Progress extends HBox {
        private final ProgressBar share = new ProgressBar();
        private final Label text = new Label();

        Progress() {
            super(6);
            getChildren().setAll(share, text);
            setAlignment(Pos.CENTER_LEFT);
            share.setPrefWidth(60);
            share.setMinWidth(60);
        }

        void show(ExportRow row) {
            boolean writes = row.export().state() == ExportState.RUNNING;
            share.setVisible(writes);
            share.setManaged(writes);
            share.setProgress(row.share());
            text.setText(row.progress());
        }
    }

    private void showDetails(@Nullable Export export) {
        details.setText(
                export == null
                        ? words.say("exports.noneSelected")
                        : words.say(
                                "exports.details",
                                export.fileName(),
                                Objects.requireNonNullElse(export.sha256(), Figures.UNKNOWN),
                                asOf(export),
                                Objects.requireNonNullElse(export.reason(), "")));
    }

    private String asOf(Export export) {
        if (export.asOf() == null) {
            return Figures.UNKNOWN;
        }
        return export.lastAsOf() == null
                ? export.asOf().toString()
                : words.say("exports.twoMoments", export.asOf(), export.lastAsOf());
    }

    @Override
    public void shown() {
        open.add(
                desk.context().store().observe(Exports.all()).into(model::show),
                Ticker.every(1, this::tick));
    }

    private void tick() {
        model.tick();
        download.tick();
    }

    @Override
    public void hidden() {
        open.close();
    }

    @FXML
    private void onStart() {
        model.start();
    }

    @FXML
    private void onCancel() {
        model.cancel();
    }

    @FXML
    private void onDelete() {
        model.beforeDelete()
                .ifPresent(
                        asked ->
                                ConfirmDialog.ask(
                                        root.getScene().getWindow(),
                                        asked,
                                        words,
                                        _ -> model.delete()));
    }

    @FXML
    private void onSave() {
        Export export = model.selected().get();
        if (export != null && model.saveGate().open()) {
            desk.context()
                    .files()
                    .save(root.getScene().getWindow(), export.fileName())
                    .ifPresent(file -> download.start(export, file));
        }
    }

    /// Whoever pressed Save must not find the focus on Delete, only because Save is closed now.
    private void followDownload(boolean goesOn) {
        if (goesOn) {
            stop.requestFocus();
        } else if (stop.isFocused()) {
            table.requestFocus();
        }
    }

    @FXML
    private void onStop() {
        download.stop();
    }

    private final class Named<T extends Enum<T>> extends StringConverter<T> {
        private final String prefix;

        Named(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public String toString(@Nullable T value) {
            return value == null ? "" : words.of(prefix, value);
        }

        @Override
        public @Nullable T fromString(String name) {
            return null;
        }
    }
}
