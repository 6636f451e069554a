package dev.slipway.console;

import dev.slipway.client.kept.Backends;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.console.fx.FileDialogs;
import dev.slipway.console.fx.FirstPaint;
import dev.slipway.console.fx.Fonts;
import dev.slipway.console.fx.Handover;
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

/// The console's one window, over one connection at a time. On the UI thread, but for [#prepare].
public final class Console {
    private final Path folder;
    private final long maxBytes;
    private final Handover ui = new Handover(new UiThread());
    private final InstantSource clock = InstantSource.system();
    private final SettingsFile settings;
    private final Desk desk;
    private final ObjectProperty<Theme> theme;
    private @Nullable Stage stage;
    private @Nullable ConsoleWiring wiring;

    /// @param folder where settings and what is kept offline live
    /// @param maxBytes the bound of what is kept offline of one backend
    /// @param sandbox the sandbox, if this process started one
    public Console(Stage stage, Path folder, long maxBytes, Optional<Sandbox> sandbox) {
        this(folder, maxBytes, sandbox);
        Fonts.load();
        dress(stage);
        ui.over();
    }

    private Console(Path folder, long maxBytes, Optional<Sandbox> sandbox) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.settings = new SettingsFile(folder.resolve("settings.json"));
        this.desk =
                new Desk(
                        settings,
                        this::connect,
                        connection -> Link.forget(connection, folder),
                        sandbox,
                        FileDialogs.SYSTEM);
        this.theme = new SimpleObjectProperty<>(settings.get().theme());
    }

    private void dress(Stage window) {
        stage = window;
        theme.subscribe(Theme::apply);
        theme.subscribe((_, chosen) -> settings.set(settings.get().with(chosen)));
        Platform.getPreferences().colorSchemeProperty().addListener(_ -> theme.get().apply());
        window.setMinWidth(1000); // in less, lists would have no room for rows
        window.setMinHeight(720);
        onClosed(() -> {});
    }

    /// All of a start that needs no toolkit, done while the toolkit starts: the first screen with
    /// what is kept of the backend. Blocks; on any thread, which then leaves it to the UI thread.
    ///
    /// @param wanted the backend; empty for the one used last
    static Console prepare(
            Path folder, long maxBytes, Optional<Connection> wanted, Optional<Sandbox> sandbox) {
        var console = new Console(folder, maxBytes, sandbox);
        Connection connection =
                wanted.or(console.settings.get()::preferred)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "there is no backend to connect to: give"
                                                        + " --connect"));
        Link link = console.link(connection);
        console.theme.get().applyAhead();
        console.wire(link);
        // what the first screen asked for comes meanwhile
        link.store().read(Backends.health());
        console.ui.work();
        return console;
    }

    /// Opens the window on what was prepared.
    void open(Stage window) {
        dress(window);
        ui.over();
        show(window);
    }

    /// Opens a connection; what was open is closed.
    public void connect(Connection connection) {
        wire(link(connection));
        show(window());
    }

    private Link link(Connection connection) {
        return Link.open(connection, folder, maxBytes, ui, clock);
    }

    /// Puts the first screen of a connection together; what was open is closed.
    private void wire(Link link) {
        close();
        var next =
                new ConsoleWiring(
                        link.connection(), link.client(), link.store(), ui, clock, desk, theme);
        wiring = next;
        link.store().setAside().ifPresent(file -> next.context().notices().info(damaged(file)));
        next.show(Screen.OVERVIEW);
    }

    private void show(Stage window) {
        ConsoleWiring next = wiring();
        OfflineStore store = next.context().store();
        Scene scene = window.getScene();
        if (scene == null) {
            window.setScene(new Scene(next.root(), 1280, 800));
            FirstPaint.log(window.getScene());
        } else {
            scene.getAccelerators().clear();
            scene.setRoot(next.root());
        }
        next.show(Screen.OVERVIEW); // now that there is a scene, the keyboard's focus goes there
        window.titleProperty().unbind();
        window.titleProperty()
                .bind(next.shell().model().environment().map(_ -> next.shell().model().title()));
        boolean filled = scene == null && store.resume().isPresent();
        // what is kept comes to the screen before the window does: it is laid out once
        next.context().background().run(() -> store.read(Backends.health())).onEnd(window::show);
        if (filled) {
            FirstPaint.after(window.getScene(), () -> follow(next));
        } else {
            follow(next);
        }
    }

    private void follow(ConsoleWiring opened) {
        settings.set(settings.get().with(opened.connection()).used(opened.connection()));
        opened.follow();
    }

    private Stage window() {
        Stage window = stage;
        if (window == null) {
            throw new IllegalStateException("there is no window yet");
        }
        return window;
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
        window().setOnHidden(
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
