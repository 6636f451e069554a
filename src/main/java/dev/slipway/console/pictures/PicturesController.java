package dev.slipway.console.pictures;

import dev.slipway.api.tasks.PictureRun;
import dev.slipway.client.kept.Pictures;
import dev.slipway.client.offline.LoadState;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.Desk;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.LoadPane;
import dev.slipway.console.fx.ScreenController;
import dev.slipway.console.pictures.PictureListViewModel.Shown;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.table.Columns;
import dev.slipway.console.table.Figures;
import dev.slipway.console.table.Open;
import dev.slipway.console.table.RowStyles;
import dev.slipway.console.table.Selection;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// Binds the screen of product pictures.
public final class PicturesController implements ScreenController {
    private final Desk desk;
    private final Wording words;
    private final OfflineStore store;
    private final PicturesViewModel model;
    private final Open open = new Open();
    private final PictureListViewModel list;
    private final Open kept = new Open();

    @FXML private VBox root;
    @FXML private Button start;
    @FXML private Button upload;
    @FXML private Button cancel;
    @FXML private LoadPane runsPane;
    @FXML private TableView<PictureRunRow> runs;
    @FXML private TableColumn<PictureRunRow, PictureRunRow> asked;
    @FXML private TableColumn<PictureRunRow, PictureRunRow> state;
    @FXML private TableColumn<PictureRunRow, PictureRunRow> progress;
    @FXML private TableColumn<PictureRunRow, PictureRunRow> made;
    @FXML private TableColumn<PictureRunRow, PictureRunRow> known;
    @FXML private TableColumn<PictureRunRow, PictureRunRow> rejected;
    @FXML private TableColumn<PictureRunRow, PictureRunRow> by;
    @FXML private Label reason;
    @FXML private ComboBox<Shown> shown;
    @FXML private Label extent;
    @FXML private Button more;
    @FXML private LoadPane picturesPane;
    @FXML private TableView<PictureRow> pictures;
    @FXML private TableColumn<PictureRow, PictureRow> name;
    @FXML private TableColumn<PictureRow, PictureRow> pictureState;
    @FXML private TableColumn<PictureRow, PictureRow> pixels;
    @FXML private TableColumn<PictureRow, PictureRow> before;
    @FXML private TableColumn<PictureRow, PictureRow> after;
    @FXML private TableColumn<PictureRow, PictureRow> remark;
    @FXML private PreviewController previewController;

    public PicturesController(ScreenContext context) {
        this.desk = Desk.of(context);
        this.words = desk.words();
        this.store = context.store();
        var client = context.client();
        this.list =
                new PictureListViewModel(
                        (of, cursor) ->
                                store.load(
                                        Pictures.of(of.run(), of.state()),
                                        cursor == null,
                                        () ->
                                                client.pictures()
                                                        .files(of.run(), of.state(), cursor)),
                        desk.loader(),
                        desk.access(),
                        words);
        this.model =
                new PicturesViewModel(
                        PictureCommands.of(client),
                        list,
                        desk.commander(),
                        context.notices()::info,
                        desk.access(),
                        words);
    }

    @FXML
    private void initialize() {
        runsPane.stateProperty().bind(model.state());
        runsPane.setClock(desk.context().clock());
        picturesPane.stateProperty().bind(list.paged().state());
        picturesPane.setClock(desk.context().clock());
        runColumns();
        pictureColumns();
        Selection.keep(
                runs,
                model.runs(),
                row -> row.run().id(),
                rows -> model.select(rows.isEmpty() ? null : rows.getFirst().run()));
        Selection.keep(
                pictures,
                list.pictures(),
                row -> row.picture().name(),
                rows ->
                        previewController
                                .model()
                                .show(rows.isEmpty() ? null : rows.getFirst().picture()));
        model.selected().subscribe(this::tellWhy);
        shown.getItems().setAll(Shown.values());
        shown.setConverter(new Named());
        shown.valueProperty().bindBidirectional(list.shown());
        extent.textProperty().bind(list.paged().extent());
        extent.visibleProperty().bind(list.asked().map(Optional::isPresent));
        var note = new Label(words.say("pictures.noneOf"));
        note.setWrapText(true);
        pictures.setPlaceholder(note);
        list.asked().addListener((_, _, _) -> observe());
        model.begun().addListener((_, _, _) -> lookAtBegun());
        list.online()
                .reason()
                .subscribe(
                        _ -> {
                            list.refresh();
                            previewController.model().retry();
                        });
        Buttons.join(start, model.startGate(), words.say("pictures.start.hint"));
        Buttons.join(upload, model.startGate(), words.say("pictures.upload.hint"));
        Buttons.join(cancel, model.cancelGate(), words.say("pictures.cancel.hint"));
        Buttons.join(more, list.moreGate(), words.say("pages.more.hint"));
    }

    private void runColumns() {
        Columns.fill(runs);
        Columns.ordered(
                asked,
                row -> Figures.moment(row.run().createdAt(), desk.context().clock().instant()),
                Comparator.comparing(row -> row.run().createdAt()));
        Columns.ordered(
                state, PictureRunRow::state, Comparator.comparing(row -> row.run().state()));
        Columns.text(progress, PictureRunRow::progress);
        Columns.figure(made, row -> Figures.count(row.run().made()), row -> row.run().made());
        Columns.figure(known, row -> Figures.count(row.run().known()), row -> row.run().known());
        Columns.figure(
                rejected, row -> Figures.count(row.run().rejected()), row -> row.run().rejected());
        Columns.text(by, row -> row.run().startedBy());
        RowStyles.mark(
                runs,
                row -> row.run().state().name().toLowerCase(Locale.ROOT),
                List.of("failed", "running"));
    }

    private void pictureColumns() {
        Columns.fill(pictures);
        Columns.text(name, row -> row.picture().name());
        Columns.ordered(
                pictureState,
                PictureRow::state,
                Comparator.comparing(row -> row.picture().state()));
        Columns.figure(
                pixels,
                PictureRow::size,
                row ->
                        (long) Objects.requireNonNullElse(row.picture().width(), -1)
                                * Objects.requireNonNullElse(row.picture().height(), 1));
        Columns.figure(before, PictureRow::before, row -> row.picture().bytes());
        Columns.figure(after, PictureRow::after, row -> PictureRow.madeBytes(row.picture()));
        Columns.text(remark, PictureRow::remark);
        RowStyles.mark(
                pictures,
                row -> row.picture().state().name().toLowerCase(Locale.ROOT),
                List.of("rejected"));
    }

    private void tellWhy(@Nullable PictureRun run) {
        String why = run == null ? null : run.reason();
        reason.setText(Objects.requireNonNullElse(why, ""));
        reason.setVisible(why != null);
        reason.setManaged(why != null);
    }

    private void showRuns(LoadState<List<PictureRun>> fresh) {
        model.showRuns(fresh);
        lookAtBegun();
    }

    /// The backend's answer may come before the run does on the live stream, or after it.
    private void lookAtBegun() {
        model.runs().stream()
                .filter(row -> row.run().id().equals(model.begun().get()))
                .findFirst()
                .ifPresent(
                        row -> {
                            model.begun().set("");
                            runs.getSelectionModel().select(row);
                        });
    }

    private void observe() {
        kept.close();
        list.asked()
                .get()
                .ifPresent(
                        of ->
                                kept.add(
                                        store.observe(Pictures.of(of.run(), of.state()))
                                                .into(list::show)));
    }

    @Override
    public void shown() {
        open.add(kept, store.observe(Pictures.runs()).into(this::showRuns));
        observe();
        list.refresh();
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
    private void onUpload() {
        if (model.startGate().open()) {
            desk.context()
                    .files()
                    .open(root.getScene().getWindow(), words.say("pictures.upload.title"))
                    .ifPresent(model::upload);
        }
    }

    @FXML
    private void onCancel() {
        model.cancel();
    }

    @FXML
    private void onMore() {
        list.more();
    }

    private final class Named extends StringConverter<Shown> {
        @Override
        public String toString(@Nullable Shown value) {
            return value == null ? "" : words.of("picturesShown", value);
        }

        @Override
        public @Nullable Shown fromString(String text) {
            return null;
        }
    }
}
