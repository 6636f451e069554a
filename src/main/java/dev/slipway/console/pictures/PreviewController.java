package dev.slipway.console.pictures;

import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.Desk;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.FileDialogs;
import dev.slipway.console.shell.ScreenContext;

import javafx.embed.swing.SwingFXUtils;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.layout.StackPane;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// Binds the preview of a picture that was made.
public final class PreviewController {
    private final Wording words;
    private final PreviewViewModel model;
    private final FileDialogs dialogs;

    @FXML private ComboBox<String> size;
    @FXML private Button save;
    @FXML private Label facts;
    @FXML private StackPane sheet;
    @FXML private ImageView image;
    @FXML private Label message;

    public PreviewController(ScreenContext context) {
        this.words = Desk.of(context).words();
        var client = context.client();
        this.model =
                new PreviewViewModel(
                        file -> kept(context.store(), file, () -> client.pictures().made(file)),
                        context.background(),
                        context.notices()::show,
                        context.notices()::info,
                        words);
        this.dialogs = context.files();
    }

    private interface Fetch {
        byte[] bytes() throws ProblemException;
    }

    /// Its name says what it was made of and how, so what is kept under it is what the backend has.
    private static byte[] kept(OfflineStore store, String file, Fetch fetch)
            throws ProblemException {
        Optional<byte[]> kept = store.pdf(file);
        if (kept.isPresent()) {
            return kept.get();
        }
        byte[] fetched = fetch.bytes();
        store.keepPdf(file, fetched);
        return fetched;
    }

    @FXML
    private void initialize() {
        size.setItems(model.made());
        size.setConverter(new Named());
        size.valueProperty().bindBidirectional(model.chosen());
        facts.textProperty().bind(model.facts());
        Buttons.join(save, model.saveGate(), words.say("preview.save.hint"));
        // never larger than it is
        image.fitWidthProperty().bind(sheet.widthProperty().subtract(16).map(this::narrow));
        image.fitHeightProperty().bind(sheet.heightProperty().subtract(16).map(this::low));
        model.state().subscribe(this::show);
    }

    @FXML
    private void onSave() {
        if (model.saveGate().open()) {
            dialogs.save(save.getScene().getWindow(), model.fileName()).ifPresent(model::save);
        }
    }

    private Number narrow(Number room) {
        return image.getImage() == null
                ? room
                : Math.min(room.doubleValue(), image.getImage().getWidth());
    }

    private Number low(Number room) {
        return image.getImage() == null
                ? room
                : Math.min(room.doubleValue(), image.getImage().getHeight());
    }

    PreviewViewModel model() {
        return model;
    }

    private void show(PreviewState now) {
        image.setImage(
                now instanceof PreviewState.Open(var preview)
                        ? SwingFXUtils.toFXImage(preview.image(), null)
                        : null);
        message.setText(
                switch (now) {
                    case PreviewState.Nothing(var why) -> why;
                    case PreviewState.Loading _ -> words.say("preview.loading");
                    case PreviewState.Open _ -> "";
                    case PreviewState.Failed(var problem) ->
                            problem.title() + "\n" + problem.detail();
                });
        message.setVisible(!(now instanceof PreviewState.Open));
    }

    private static final class Named extends StringConverter<String> {
        @Override
        public String toString(@Nullable String file) {
            return PreviewViewModel.size(file);
        }

        @Override
        public @Nullable String fromString(String name) {
            return null;
        }
    }
}
