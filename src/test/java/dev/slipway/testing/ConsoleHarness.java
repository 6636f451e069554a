package dev.slipway.testing;

import dev.slipway.api.Health;
import dev.slipway.api.access.Role;
import dev.slipway.api.access.Session;
import dev.slipway.client.BackendClient;
import dev.slipway.client.BackendClient.TokenSource;
import dev.slipway.client.offline.ConnectionState;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.console.ConsoleWiring;
import dev.slipway.console.fx.Fonts;
import dev.slipway.console.fx.Picture;
import dev.slipway.console.fx.Theme;
import dev.slipway.console.fx.UiThread;
import dev.slipway.console.settings.Connection;
import dev.slipway.console.settings.Desk;
import dev.slipway.console.settings.Sandbox;
import dev.slipway.console.settings.SettingsFile;
import dev.slipway.console.shell.Notices.Notice;
import dev.slipway.console.shell.Screen;

import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import javafx.stage.Window;

import org.testfx.api.FxToolkit;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// The real console, headless, over an offline store that a test fills and a backend that need not
/// be there.
///
/// ```java
/// try (var console = ConsoleHarness.open(folder, InstantSource.fixed(NOW))) {
///     console.store().replace(new Resume("e", "0"), documents);
///     console.online(Role.ADMIN);
///     console.show(Screen.QUEUES);
///     console.picture("queues");
/// }
/// ```
public final class ConsoleHarness implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final OfflineStore store;
    private final ConsoleWiring wiring;
    private final Stage stage;
    private final InstantSource clock;
    private final ChosenFiles files = new ChosenFiles();
    private final List<Connection> opened = new CopyOnWriteArrayList<>();
    private final ObjectProperty<Theme> theme = new SimpleObjectProperty<>(Theme.LIGHT);

    private ConsoleHarness(
            Path folder,
            URI backend,
            TokenSource token,
            InstantSource clock,
            Optional<Sandbox> sandbox)
            throws Exception {
        this.clock = clock;
        Faults.keep();
        stage = FxToolkit.registerPrimaryStage();
        store =
                OfflineStore.open(
                        folder.resolve("offline.sqlite"), 100_000_000, new UiThread(), clock);
        var client = new BackendClient(backend, token);
        var desk =
                new Desk(
                        new SettingsFile(folder.resolve("settings.json")),
                        opened::add,
                        connection -> OfflineStore.delete(kept(folder, connection)),
                        sandbox,
                        files);
        wiring =
                onUi(
                        () -> {
                            Fonts.load();
                            theme.subscribe(Theme::apply);
                            var made =
                                    new ConsoleWiring(
                                            new Connection("test", backend, null),
                                            client,
                                            store,
                                            new UiThread(),
                                            clock,
                                            desk,
                                            theme);
                            stage.setScene(new Scene(made.root(), 1000, 800));
                            stage.show();
                            return made;
                        });
    }

    /// Over no backend at all.
    public static ConsoleHarness open(Path folder, InstantSource clock) throws Exception {
        return open(folder, URI.create("http://127.0.0.1:9"), TokenSource.NONE, clock);
    }

    /// Over a backend, fake or real; [#follow] connects to it.
    public static ConsoleHarness open(
            Path folder, URI backend, TokenSource token, InstantSource clock) throws Exception {
        return open(folder, backend, token, clock, Optional.empty());
    }

    /// The same for a console that has started a sandbox.
    public static ConsoleHarness open(
            Path folder,
            URI backend,
            TokenSource token,
            InstantSource clock,
            Optional<Sandbox> sandbox)
            throws Exception {
        return new ConsoleHarness(folder, backend, token, clock, sandbox);
    }

    /// What the dialogs that ask for a file find chosen.
    public ChosenFiles files() {
        return files;
    }

    /// Where something is kept of a connection that is not open.
    public static Path kept(Path folder, Connection connection) {
        return folder.resolve(connection.fileName() + ".sqlite");
    }

    public Theme theme() {
        return theme.get();
    }

    /// The connections that were asked to be opened in the window's place.
    public List<Connection> opened() {
        return opened;
    }

    public OfflineStore store() {
        return store;
    }

    public ConsoleWiring wiring() {
        return wiring;
    }

    public Stage stage() {
        return stage;
    }

    /// Connects to the backend for real.
    public void follow() throws Exception {
        run(wiring::follow);
    }

    /// Shows the console as if connected, as a user with that role.
    public void online(Role role) throws Exception {
        stand(
                new ConnectionState.Online(
                        health("sandbox", "#1f6feb", false),
                        new Session(null, "ada", role, clock.instant().plusSeconds(3600))));
    }

    /// Shows the console as if the backend had not been heard for that long.
    public void offline(Duration age) throws Exception {
        store.heard(clock.instant().minus(age));
        stand(new ConnectionState.Offline(clock.instant().minus(age), "Connection refused."));
    }

    public void stand(ConnectionState state) throws Exception {
        if (state instanceof ConnectionState.Online) {
            store.heard(clock.instant());
        }
        run(() -> wiring.stand(state));
    }

    public Health health(String environment, String colour, boolean production) {
        Instant now = clock.instant();
        return new Health(true, "0.1.0", environment, colour, production, "e", 5, now, now);
    }

    public void show(Screen screen) throws Exception {
        run(() -> wiring.show(screen));
    }

    public void theme(Theme value) throws Exception {
        run(() -> theme.set(value));
    }

    /// The one node that a selector finds.
    public <N extends Node> N find(String selector, Class<N> type) throws Exception {
        return onUi(
                () -> {
                    Node found = stage.getScene().lookup(selector);
                    if (found == null) {
                        throw new AssertionError("there is no " + selector);
                    }
                    return type.cast(found);
                });
    }

    /// Waits until something holds on the UI thread.
    public void await(BooleanSupplier condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!onUi(condition::getAsBoolean)) {
            if (System.nanoTime() > end) {
                picture("not-come-about", 1280, 800);
                throw new AssertionError(
                        "did not come about within "
                                + PATIENCE
                                + "; what stood there is in target/pictures/not-come-about");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /// The notices of what went wrong, the newest first.
    public List<String> troubles() throws Exception {
        return onUi(
                () -> {
                    List<String> texts = new ArrayList<>();
                    for (Notice notice : wiring.context().notices().all()) {
                        if (notice instanceof Notice.Trouble(var problem, var _)) {
                            texts.add(problem.title() + "\n" + problem.detail());
                        }
                    }
                    return texts;
                });
    }

    /// Waits until the store's observations have come to the screen and were laid out.
    public void settle() throws Exception {
        for (int i = 0; i < 8; i++) {
            TimeUnit.MILLISECONDS.sleep(60);
            run(ConsoleHarness::draw);
        }
    }

    /// What the next pulse would do before anyone could see what stands there; on the UI thread.
    static void draw() {
        for (Window window : List.copyOf(Window.getWindows())) {
            window.getScene().getRoot().applyCss();
            window.getScene().getRoot().layout();
        }
    }

    /// Saves `target/pictures/NAME-{light,dark}-{1280x800,1920x1080}.png`.
    public void picture(String name) throws Exception {
        for (Theme each : new Theme[] {Theme.LIGHT, Theme.DARK}) {
            theme(each);
            settle();
            picture(name, each);
        }
    }

    /// The same of the theme that stands.
    public void picture(String name, Theme standing) throws Exception {
        String file = name + "-" + standing.name().toLowerCase(Locale.ROOT);
        picture(file, 1280, 800);
        picture(file, 1920, 1080);
    }

    private void picture(String name, int width, int height) throws Exception {
        var image = onUi(() -> Picture.of(stage.getScene(), width, height));
        Picture.save(
                image, Path.of("target", "pictures", name + "-" + width + "x" + height + ".png"));
    }

    /// Runs on the UI thread and waits for it.
    public static void run(Runnable action) throws Exception {
        onUi(
                () -> {
                    action.run();
                    return true;
                });
    }

    /// Runs on the UI thread and waits for its outcome.
    public static <T> T onUi(Callable<T> action) throws Exception {
        if (Platform.isFxApplicationThread()) {
            return action.call();
        }
        var outcome = new CompletableFuture<T>();
        Platform.runLater(
                () -> {
                    try {
                        outcome.complete(action.call());
                    } catch (Throwable e) {
                        outcome.completeExceptionally(e);
                    }
                });
        return outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /// Closes the window, and a dialog that a failed test left open over it.
    ///
    /// @throws AssertionError if something went wrong on the UI thread that no test waited for
    @Override
    public void close() throws Exception {
        run(
                () -> {
                    List.copyOf(Window.getWindows()).forEach(Window::hide);
                    wiring.close();
                    // what still stands in a scene keeps its clocks running
                    stage.getScene().setRoot(new Region());
                });
        Faults.none();
    }
}
