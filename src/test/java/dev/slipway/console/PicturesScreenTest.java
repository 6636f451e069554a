package dev.slipway.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.client.ConnectionState;
import dev.slipway.client.Problem;
import dev.slipway.client.offline.Resume;
import dev.slipway.console.shell.Screen;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.ShopData;

import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Saves pictures of the screens for people to look at.
class PicturesScreenTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir Path folder;

    @Test
    void ofDataOfNoneAndOfALostBackend() throws Exception {
        try (var console = ConsoleHarness.open(folder, InstantSource.fixed(NOW))) {
            console.offline(Duration.ZERO);
            console.show(Screen.OVERVIEW);
            console.picture("overview-none");
            var data = new ShopData(NOW);
            console.store().replace(new Resume("e", "1"), data.all());
            console.store().keepIntervals(data.intervals(Duration.ofHours(1)));
            console.online(Role.ADMIN);
            console.picture("overview");
            console.show(Screen.RESPONSE_TIMES);
            console.picture("response-times");
            ConsoleHarness.run(() -> hour(console).fire());
            console.settle();
            console.picture("response-times-hour");
            console.show(Screen.CONNECTIONS);
            ConsoleHarness.run(
                    () ->
                            console.wiring()
                                    .context()
                                    .notices()
                                    .show(new Problem.Offline("Nothing was changed.")));
            console.picture("connections");
            console.stand(
                    new ConnectionState.LogInNeeded(
                            console.health("Holiday shop", "#b42318", true), NOW, "It has ended."));
            console.picture("log-in");
            console.show(Screen.OVERVIEW);
            console.offline(Duration.ofSeconds(42));
            console.picture("overview-offline");
        }
        assertThat(Files.exists(Path.of("target/pictures/overview-light-1280x800.png"))).isTrue();
    }

    private static ToggleButton hour(ConsoleHarness console) {
        var ranges = (HBox) console.stage().getScene().lookup("#ranges");
        return (ToggleButton) ranges.getChildren().get(2);
    }
}
