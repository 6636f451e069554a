package dev.slipway.console.shell;

import javafx.fxml.FXMLLoader;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.StackPane;
import javafx.util.Callback;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ResourceBundle;

/// Shows the help over everything. It is loaded when it is first wanted.
final class HelpHost {
    private final StackPane place;
    private final ResourceBundle texts;
    private final Callback<Class<?>, Object> controllers;
    private @Nullable Help help;
    private @Nullable Node focused;

    HelpHost(StackPane place, ResourceBundle texts, Callback<Class<?>, Object> controllers) {
        this.place = place;
        this.texts = texts;
        this.controllers = controllers;
    }

    boolean shown() {
        return place.isVisible();
    }

    void show(String page) {
        Help shown = help == null ? load() : help;
        help = shown;
        focused = place.getScene().getFocusOwner();
        place.setVisible(true);
        shown.show(page);
    }

    /// The keyboard is where it was before.
    void hide() {
        place.setVisible(false);
        if (focused != null) {
            focused.requestFocus();
        }
        focused = null;
    }

    private Help load() {
        var loader = new FXMLLoader(HelpHost.class.getResource("/fxml/help/help.fxml"), texts);
        loader.setControllerFactory(controllers);
        try {
            Parent root = loader.load();
            place.getChildren().setAll(root);
            return loader.getController();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
