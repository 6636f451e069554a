package dev.slipway.console.invoicing;

import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.Desk;
import dev.slipway.console.command.Wording;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.table.Figures;

import javafx.embed.swing.SwingFXUtils;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// Binds the preview: a page is rendered off the UI thread, at the resolution of the screen.
public final class PdfController {
    private final Desk desk;
    private final Wording words;

    @FXML private VBox root;
    @FXML private Button previous;
    @FXML private Label position;
    @FXML private Button next;
    @FXML private Button zoomOut;
    @FXML private Label zoom;
    @FXML private Button zoomIn;
    @FXML private ToggleButton fit;
    @FXML private Button save;
    @FXML private ScrollPane scroll;
    @FXML private StackPane sheet;
    @FXML private ImageView image;
    @FXML private VBox message;
    @FXML private Label messageText;
    @FXML private TextField hash;
    @FXML private Button copy;
    private @Nullable PdfViewModel given;
    private boolean drawing;
    private boolean again;

    public PdfController(ScreenContext context) {
        this.desk = Desk.of(context);
        this.words = desk.words();
    }

    void use(PdfViewModel of) {
        given = of;
        PdfViewModel model = of;
        position.textProperty().bind(model.position());
        zoom.textProperty()
                .bind(model.zoom().map(z -> Figures.percent(Math.rint(z.doubleValue() * 100))));
        fit.selectedProperty().bindBidirectional(model.fitWidth());
        model.state().addListener((_, _, now) -> show(now));
        model.page().addListener(_ -> turned());
        model.zoom().addListener(_ -> render());
        model.fitWidth().addListener(_ -> fit());
        scroll.viewportBoundsProperty().addListener(_ -> fit());
        root.addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
        Buttons.hint(previous, words.say("pdf.previous.hint"));
        Buttons.hint(next, words.say("pdf.next.hint"));
        Buttons.hint(zoomOut, words.say("pdf.zoomOut.hint"));
        Buttons.hint(zoomIn, words.say("pdf.zoomIn.hint"));
        Buttons.hint(save, words.say("pdf.save.hint"));
        Buttons.hint(copy, words.say("pdf.copy.hint"));
        show(model.state().get());
    }

    private PdfViewModel model() {
        return Objects.requireNonNull(given);
    }

    private void show(PdfState now) {
        boolean open = now instanceof PdfState.Open;
        List.<Node>of(previous, next, zoomIn, zoomOut, fit, save, copy)
                .forEach(node -> node.setDisable(!open));
        message.setVisible(!open);
        sheet.setVisible(open);
        messageText.setText(
                switch (now) {
                    case PdfState.Nothing(var reason) -> reason;
                    case PdfState.Loading _ -> words.say("pdf.loading");
                    case PdfState.Open _ -> "";
                    case PdfState.Failed(var problem) -> problem.title() + "\n" + problem.detail();
                });
        hash.setText(now instanceof PdfState.Open(var _, var sha256) ? sha256 : "");
        image.setImage(null);
        fit();
        render();
    }

    private void turned() {
        scroll.setVvalue(0);
        fit();
        render();
    }

    private void fit() {
        model().fit(scroll.getViewportBounds().getWidth() - 16);
    }

    /// Renders the page as it is wanted now. One at a time: what changes meanwhile, for example
    /// while the window is drawn larger, is rendered once after that.
    private void render() {
        if (!(model().state().get() instanceof PdfState.Open(var pages, var _))) {
            return;
        }
        stretch(pages.width(model().page().get()) * model().zoom().get());
        if (drawing) {
            again = true;
            return;
        }
        drawing = true;
        int page = model().page().get();
        double shown = model().zoom().get();
        double density = density();
        desk.context()
                .background()
                .run(() -> SwingFXUtils.toFXImage(pages.render(page, shown * density), null))
                .onSuccess(
                        picture -> {
                            if (stillShows(pages)) {
                                place(picture, density);
                            }
                        })
                .onProblem(
                        problem -> {
                            if (stillShows(pages)) {
                                messageText.setText(words.say("pdf.notDrawn", problem.title()));
                                message.setVisible(true);
                            }
                        })
                .onEnd(this::drawn);
    }

    /// Shows what is there already in its new size, until it is drawn sharp.
    private void stretch(double width) {
        Image now = image.getImage();
        if (now != null) {
            image.setFitWidth(width);
            image.setFitHeight(width * now.getHeight() / now.getWidth());
        }
    }

    private boolean stillShows(PdfPages pages) {
        return model().state().get() instanceof PdfState.Open(var now, var _) && now == pages;
    }

    private void drawn() {
        drawing = false;
        if (again) {
            again = false;
            render();
        }
    }

    private void place(Image drawn, double density) {
        image.setImage(drawn);
        image.setFitWidth(drawn.getWidth() / density);
        image.setFitHeight(drawn.getHeight() / density);
    }

    private double density() {
        return root.getScene() == null || root.getScene().getWindow() == null
                ? 1
                : Math.max(1, root.getScene().getWindow().getOutputScaleX());
    }

    private void onKey(KeyEvent key) {
        boolean handled = true;
        switch (key.getCode()) {
            case KeyCode.PAGE_DOWN -> model().turn(1);
            case KeyCode.PAGE_UP -> model().turn(-1);
            case KeyCode.HOME -> model().first();
            case KeyCode.END -> model().last();
            case KeyCode.PLUS, KeyCode.ADD, KeyCode.EQUALS -> model().zoomIn();
            case KeyCode.MINUS, KeyCode.SUBTRACT -> model().zoomOut();
            case KeyCode.DIGIT0, KeyCode.NUMPAD0 -> model().fitWidth().set(true);
            default -> handled = false;
        }
        if (handled && !(key.getTarget() instanceof TextField)) {
            key.consume();
        }
    }

    @FXML
    private void onPrevious() {
        model().turn(-1);
    }

    @FXML
    private void onNext() {
        model().turn(1);
    }

    @FXML
    private void onZoomIn() {
        model().zoomIn();
    }

    @FXML
    private void onZoomOut() {
        model().zoomOut();
    }

    @FXML
    private void onCopy() {
        var content = new ClipboardContent();
        content.putString(hash.getText());
        Clipboard.getSystemClipboard().setContent(content);
        desk.context().notices().info(words.say("pdf.copied"));
    }

    @FXML
    private void onSave() {
        if (model().state().get() instanceof PdfState.Open(var pages, var _)) {
            desk.context()
                    .files()
                    .save(root.getScene().getWindow(), model().fileName())
                    .ifPresent(file -> save(pages, file));
        }
    }

    private void save(PdfPages pages, Path file) {
        desk.context()
                .background()
                .run(() -> write(pages, file))
                .onSuccess(to -> desk.context().notices().info(words.say("pdf.saved", to)))
                .onProblem(desk.context().notices()::show);
    }

    private Path write(PdfPages pages, Path file) throws ProblemException {
        try {
            return Files.write(file, pages.bytes());
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem.NotWritten(words.say("pdf.notSaved", file, e.toString())), e);
        }
    }
}
