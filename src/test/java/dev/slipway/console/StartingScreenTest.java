package dev.slipway.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.console.fx.UiThread;
import dev.slipway.console.settings.Connection;
import dev.slipway.console.settings.Sandbox;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// The console of a small world that is still starting.
class StartingScreenTest {
    @TempDir Path folder;

    private final StartedLater sandbox = new StartedLater();
    private Console console;
    private Stage stage;

    @BeforeEach
    void open() throws Exception {
        stage = FxToolkit.registerPrimaryStage();
        console =
                WaitForAsyncUtils.asyncFx(
                                () -> {
                                    var made =
                                            new Console(
                                                    stage,
                                                    folder,
                                                    100_000_000,
                                                    Optional.of(sandbox));
                                    made.connect(sandbox.connection());
                                    return made;
                                })
                        .get(20, TimeUnit.SECONDS);
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> sandbox.progress.get() != null);
    }

    @AfterEach
    void close() {
        new UiThread().execute(console::close);
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void saysWhatTheWorldDoesAndOffersNoReconnecting() throws Exception {
        sandbox.progress.get().accept("legacy: 200000 order lines written");

        awaitBanner("Starting. legacy: 200000 order lines written");
        assertThat(find("#reconnect").isVisible()).isFalse();
    }

    @Test
    void saysWhyTheWorldDidNotStart() throws Exception {
        sandbox.progress.get().accept("legacy is ready");
        sandbox.up.completeExceptionally(new IOException("The sandbox did not start: disk full"));

        awaitBanner(
                "The backend can't be reached, and nothing of it was ever seen here. The sandbox"
                        + " did not start: disk full");
        assertThat(find("#reconnect").isVisible()).isTrue();
    }

    private void awaitBanner(String text) throws Exception {
        Label banner = (Label) find("#bannerText");
        WaitForAsyncUtils.waitFor(
                10,
                TimeUnit.SECONDS,
                () ->
                        WaitForAsyncUtils.asyncFx(() -> banner.getText().equals(text))
                                .get(5, TimeUnit.SECONDS));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private Node find(String selector) throws Exception {
        return WaitForAsyncUtils.asyncFx(() -> stage.getScene().lookup(selector))
                .get(5, TimeUnit.SECONDS);
    }

    private static final class StartedLater implements Sandbox {
        final AtomicReference<Consumer<String>> progress = new AtomicReference<>();
        final CompletableFuture<Void> up = new CompletableFuture<>();

        @Override
        public Connection connection() {
            return new Connection("sandbox", URI.create("http://127.0.0.1:9"), null);
        }

        @Override
        public CompletionStage<Void> start(Consumer<String> listener) {
            progress.set(listener);
            return up;
        }

        @Override
        public void stopBackend() {}

        @Override
        public void startBackend() {}

        @Override
        public void visitors(double factor) {}
    }
}
