package dev.slipway.console;

import dev.slipway.client.BackendClient;
import dev.slipway.client.live.LiveFeed;
import dev.slipway.client.offline.ConnectionState;
import dev.slipway.client.offline.ConnectionState.Connecting;
import dev.slipway.client.offline.ConnectionState.Offline;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.console.fx.Background;
import dev.slipway.console.fx.Theme;
import dev.slipway.console.fx.Ticker;
import dev.slipway.console.launch.LaunchCommands;
import dev.slipway.console.launch.LaunchController;
import dev.slipway.console.launch.RollBack;
import dev.slipway.console.settings.Connection;
import dev.slipway.console.settings.ConnectionsController;
import dev.slipway.console.settings.Desk;
import dev.slipway.console.settings.Sandbox;
import dev.slipway.console.shell.Notices;
import dev.slipway.console.shell.Screen;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.shell.Shell;
import dev.slipway.console.shell.ShellController;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.KeyCombination;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.time.InstantSource;
import java.util.ResourceBundle;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/// Puts the console together over one link: the window's frame, its screens and their context.
public final class ConsoleWiring implements AutoCloseable {
    private static final KeyCombination ROLL_BACK = KeyCombination.valueOf("Shortcut+Shift+R");

    private final ScreenContext context;
    private final Connection opened;
    private final Ticker ticker;
    private final Executor ui;
    private final ReadOnlyObjectWrapper<ConnectionState> connection;
    private final Desk desk;
    private final ObjectProperty<Theme> theme;
    private final RollBack rollBack;
    private final Parent root;
    private final ShellController shell;
    private @Nullable LiveFeed feed;

    /// @param ui the UI thread
    public ConsoleWiring(
            Connection opened,
            BackendClient client,
            OfflineStore store,
            Executor ui,
            InstantSource clock,
            Desk desk,
            ObjectProperty<Theme> theme) {
        this.opened = opened;
        this.ui = ui;
        this.desk = desk;
        this.theme = theme;
        this.ticker = new Ticker(clock);
        this.connection = new ReadOnlyObjectWrapper<>(store.connection());
        this.context =
                new ScreenContext(
                        client,
                        store,
                        new Background(ui),
                        new Notices(clock),
                        connection.getReadOnlyProperty(),
                        clock,
                        texts(),
                        desk.files(),
                        this::show);
        this.rollBack = new RollBack(LaunchCommands.of(client), context.background(), clock);
        var loader = new FXMLLoader(getClass().getResource("/fxml/shell/shell.fxml"), texts());
        loader.setControllerFactory(this::controller);
        try {
            this.root = loader.load();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.shell = loader.getController();
        root.sceneProperty().subscribe(this::addRollBack);
        root.getStylesheets()
                .add(String.valueOf(getClass().getResource("/assets/css/console.css")));
    }

    /// One chord, from every screen, asks nothing, and shows what became of it.
    private void addRollBack(@Nullable Scene scene) {
        if (scene != null) {
            scene.getAccelerators().put(ROLL_BACK, this::rollBack);
        }
    }

    private void rollBack() {
        rollBack.press("");
        shell.show(Screen.LAUNCH);
    }

    /// Begins to follow the backend.
    public void follow() {
        var following =
                new LiveFeed(
                        context.client(),
                        context.store(),
                        context.clock(),
                        state -> ui.execute(() -> connection.set(state)));
        feed = following;
        ticker.start();
        desk.sandbox()
                .filter(world -> world.connection().equals(opened))
                .ifPresentOrElse(world -> await(world, following), following::start);
    }

    /// A sandbox says what it does while it starts; the last state is to be seen meanwhile.
    private void await(Sandbox world, LiveFeed following) {
        world.start(step -> ui.execute(() -> enter(new Connecting(step))))
                .whenComplete(
                        (_, fault) -> {
                            if (fault == null) {
                                following.start();
                            } else {
                                ui.execute(() -> enter(notUp(fault)));
                            }
                        });
    }

    private Offline notUp(Throwable fault) {
        Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
        return new Offline(
                context.store().heard(),
                String.valueOf(cause == null ? fault.getMessage() : cause.getMessage()));
    }

    private void enter(ConnectionState state) {
        context.store().connection(state);
        connection.set(state);
    }

    /// Shows a state of the connection without following anything; on the UI thread.
    public void stand(ConnectionState state) {
        enter(state);
        ticker.start();
    }

    /// The texts of all screens.
    public static ResourceBundle texts() {
        return ResourceBundle.getBundle("assets.i18n.console");
    }

    /// The backend that it was opened on.
    Connection connection() {
        return opened;
    }

    public Parent root() {
        return root;
    }

    public ScreenContext context() {
        return context;
    }

    public ShellController shell() {
        return shell;
    }

    public void show(Screen screen) {
        shell.show(screen);
    }

    /// Ends everything, and closes the store.
    @Override
    public void close() {
        shell.close();
        ticker.stop();
        LiveFeed following = feed;
        if (following != null) {
            following.close();
        }
        context.store().close();
    }

    /// Makes a controller: a screen's takes the [ScreenContext], a part's may take nothing.
    private Object controller(Class<?> type) {
        if (type == ShellController.class) {
            return new ShellController(
                    new Shell(
                            context,
                            opened.name(),
                            this::controller,
                            ticker,
                            theme,
                            this::reconnect));
        }
        if (type == ConnectionsController.class) {
            return new ConnectionsController(context, desk, opened);
        }
        if (type == LaunchController.class) {
            return new LaunchController(context, rollBack);
        }
        try {
            for (var constructor : type.getConstructors()) {
                switch (constructor.getParameterCount()) {
                    case 0 -> {
                        return constructor.newInstance();
                    }
                    case 1 -> {
                        return constructor.newInstance(context);
                    }
                    default -> {}
                }
            }
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(type + " can't be made", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " can't be made", e);
        }
        throw new IllegalStateException(
                type + " needs a public constructor that takes a ScreenContext, or nothing");
    }

    private void reconnect() {
        LiveFeed following = feed;
        if (following != null) {
            following.wake();
        }
    }
}
