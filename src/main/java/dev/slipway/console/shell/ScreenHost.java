package dev.slipway.console.shell;

import dev.slipway.client.http.Problem;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.fx.Background;
import dev.slipway.console.fx.LoadPane;
import dev.slipway.console.fx.ScreenController;

import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;
import javafx.scene.layout.StackPane;
import javafx.util.Callback;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URL;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;

/// Shows one screen at a time. A screen is loaded when it is first shown and kept.
public final class ScreenHost {
    private static final System.Logger LOG = System.getLogger(ScreenHost.class.getName());

    private final StackPane place;
    private final ResourceBundle texts;
    private final Callback<Class<?>, Object> controllers;
    private final Map<Screen, Loaded> loaded = new EnumMap<>(Screen.class);
    private @Nullable Screen current;

    private record Loaded(Parent root, @Nullable ScreenController controller) {}

    ScreenHost(StackPane place, ResourceBundle texts, Callback<Class<?>, Object> controllers) {
        this.place = place;
        this.texts = texts;
        this.controllers = controllers;
    }

    void show(Screen screen) {
        if (screen == current) {
            return;
        }
        hide();
        Loaded next = loaded.computeIfAbsent(screen, this::load);
        current = screen;
        place.getChildren().setAll(next.root());
        if (next.controller() != null) {
            next.controller().shown();
        }
    }

    /// The screen that is shown; none before the first.
    Optional<Screen> current() {
        return Optional.ofNullable(current);
    }

    /// Hides what is shown, for good if the window closes.
    void hide() {
        Loaded last = current == null ? null : loaded.get(current);
        current = null;
        if (last != null && last.controller() != null) {
            last.controller().hidden();
        }
    }

    private Loaded load(Screen screen) {
        URL fxml = ScreenHost.class.getResource(screen.fxml());
        if (fxml == null) {
            return failed(screen, new IOException(screen.fxml() + " is missing"));
        }
        try {
            var loader = new FXMLLoader(fxml, texts);
            loader.setControllerFactory(controllers);
            Parent root = loader.load();
            return new Loaded(
                    root, loader.getController() instanceof ScreenController c ? c : null);
        } catch (IOException | RuntimeException e) {
            return failed(screen, e);
        }
    }

    private static Loaded failed(Screen screen, Exception e) {
        LOG.log(Level.ERROR, "can't open the screen " + screen, e);
        Problem bug = Background.bug(e);
        var pane = new LoadPane();
        pane.setState(new LoadState.Failed<>(bug));
        return new Loaded(pane, null);
    }
}
