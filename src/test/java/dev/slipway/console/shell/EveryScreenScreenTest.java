package dev.slipway.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.client.offline.Resume;
import dev.slipway.console.fx.LoadPane;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.ShopData;

import javafx.scene.layout.StackPane;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

class EveryScreenScreenTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Screen.class)
    void opensOnNothingOnDataAndOffline(Screen screen) throws Exception {
        try (var console = ConsoleHarness.open(folder, InstantSource.fixed(NOW))) {
            console.show(screen);
            var place = console.find("#place", StackPane.class);
            // what stands in the place of a screen that can't be opened
            assertThat(place.getChildren().getFirst()).isNotInstanceOf(LoadPane.class);
            console.settle();
            console.store().replace(new Resume("e", "1"), new ShopData(NOW).all());
            console.online(Role.ADMIN);
            console.settle();
            console.offline(Duration.ofSeconds(5));
            console.settle();
            assertThat(console.wiring().context().notices().all()).isEmpty();
        }
    }
}
