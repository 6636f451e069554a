package dev.slipway.console;

import dev.slipway.client.offline.Backends;
import dev.slipway.client.offline.Metrics;
import dev.slipway.console.fx.FileDialogs;
import dev.slipway.console.fx.FirstPaint;
import dev.slipway.console.fx.Fonts;
import dev.slipway.console.fx.Theme;
import dev.slipway.console.fx.UiThread;
import dev.slipway.console.settings.Connection;
import dev.slipway.console.settings.Desk;
import dev.slipway.console.settings.Sandbox;
import dev.slipway.console.settings.SettingsFile;
import dev.slipway.console.shell.Screen;

import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;

/// The console's one window, over one connection at a time. On the UI thread.
public final class Console {
    private final Path folder;
    private final long maxBytes;
    private final Executor ui = new UiThread();
    private final InstantSource clock = InstantSource.system();
    private final SettingsFile settings;
    private final Desk desk;
    private final Stage stage;
    private final ObjectProperty<Theme> theme;
    private @Nullable ConsoleWiring wiring;

    /// @param folder where settings and what is kept offline live
    /// @param maxBytes the bound of what is kept offline of one backend
    /// @param sandbox the sandbox, if this process started one
    public Console(Stage stage, Path folder, long maxBytes, Optional<Sandbox> sandbox) {
        this(stage, folder, maxBytes, sandbox, new SettingsFile(settingsFile(folder)));
        Fonts.load();
    }

    private Console(
            Stage stage,
            Path folder,
            long maxBytes,
            Optional<Sandbox> sandbox,
            SettingsFile settings) {
        this.stage = stage;
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.settings = settings;
        this.desk =
                new Desk(
                        settings,
                        this::connect,
                        connection -> Link.forget(connection, folder),
                        sandbox,
                        FileDialogs.SYSTEM);
        this.theme = new SimpleObjectProperty<>(settings.get().theme());
        theme.subscribe(Theme::apply);
        theme.subscribe((_, chosen) -> settings.set(settings.get().with(chosen)));
        Platform.getPreferences().colorSchemeProperty().addListener(_ -> theme.get().apply());
        stage.setMinWidth(960);
        stage.setMinHeight(600);
        onClosed(() -> {});
    }

    /// What of a start needs no toolkit, and so is done while the toolkit starts.
    record Prepared(SettingsFile settings, Link link) {
        /// @param wanted the backend; empty for the one used last
        static Prepared of(Path folder, long maxBytes, Optional<Connection> wanted) {
            var settings = new SettingsFile(settingsFile(folder));
            Connection connection =
                    wanted.or(settings.get()::preferred)
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "there is no backend to connect to: give"
                                                            + " --connect"));
            var link =
                    Link.open(connection, folder, maxBytes, new UiThread(), InstantSource.system());
            // reads once what the first screen reads, so that all of it is loaded
            link.store().read(Metrics.windows());
            link.store().read(Backends.health());
            return new Prepared(settings, link);
        }
    }

    /// Opens the window on what was prepared.
    static Console open(Stage stage, Path folder, Prepared prepared, Optional<Sandbox> sandbox) {
        long maxBytes = ConsoleCommand.STORE_BYTES;
        var console = new Console(stage, folder, maxBytes, sandbox, prepared.settings());
        console.open(prepared.link());
        return console;
    }

    private static Path settingsFile(Path folder) {
        return folder.resolve("settings.json");
    }

    /// Opens a connection; what was open is closed.
    public void connect(Connection connection) {
        open(Link.open(connection, folder, maxBytes, ui, clock));
    }

    /// The same with a link that was opened beforehand, on another thread.
    void open(Link link) {
        close();
        settings.set(settings.get().with(link.connection()).used(link.connection()));
        var next =
                new ConsoleWiring(
                        link.connection(), link.client(), link.store(), ui, clock, desk, theme);
        wiring = next;
        Scene scene = stage.getScene();
        if (scene == null) {
            stage.setScene(new Scene(next.root(), 1280, 800));
            FirstPaint.log(stage.getScene());
        } else {
            scene.getAccelerators().clear();
            scene.setRoot(next.root());
        }
        stage.titleProperty().unbind();
        stage.titleProperty()
                .bind(next.shell().model().environment().map(_ -> next.shell().model().title()));
        link.store().setAside().ifPresent(file -> next.context().notices().info(damaged(file)));
        next.show(Screen.OVERVIEW);
        boolean filled = scene == null && link.store().resume().isPresent();
        // what is kept comes to the screen before the window does: it is laid out once
        next.context()
                .background()
                .run(() -> link.store().read(Backends.health()))
                .onEnd(stage::show);
        if (filled) {
            FirstPaint.after(stage.getScene(), next::follow);
        } else {
            next.follow();
        }
    }

    /// The wiring of the open connection.
    public ConsoleWiring wiring() {
        ConsoleWiring open = wiring;
        if (open == null) {
            throw new IllegalStateException("no connection is open");
        }
        return open;
    }

    /// Ends the open connection.
    public void close() {
        ConsoleWiring open = wiring;
        wiring = null;
        if (open != null) {
            open.close();
        }
    }

    /// Called once the window is closed.
    void onClosed(Runnable action) {
        stage.setOnHidden(
                _ -> {
                    close();
                    action.run();
                });
    }

    private static String damaged(Path file) {
        return java.text.MessageFormat.format(
                ConsoleWiring.texts().getString("shell.damaged"), file);
    }
}
