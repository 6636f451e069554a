package dev.slipway.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.ProblemDetail;
import dev.slipway.api.access.Role;
import dev.slipway.client.http.Problem;
import dev.slipway.client.offline.ConnectionState;
import dev.slipway.client.offline.Resume;
import dev.slipway.console.fx.Theme;
import dev.slipway.console.shell.Screen;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.KeptData;
import dev.slipway.testing.Legibility;

import javafx.scene.control.TabPane;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Every screen in a small window, light and dark, with nothing, with much, offline and in trouble:
/// all text has enough contrast, and no figure is cut off. With `-Dslipway.pictures=true` each is
/// saved as a picture too, for people to look at.
class LooksScreenTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:04:05Z");

    @TempDir Path folder;

    private final List<String> faults = new ArrayList<>();

    @Test
    void everyTextIsLegibleAndNoFigureIsCutOff() throws Exception {
        try (var console = ConsoleHarness.open(folder, InstantSource.fixed(NOW))) {
            ConsoleHarness.run(
                    () -> {
                        console.stage().setWidth(1280);
                        console.stage().setHeight(800);
                    });
            console.stand(new ConnectionState.Offline(NOW, "Connection refused."));
            look(console, "never");
            console.store().replace(new Resume("e", "0"), List.of());
            console.online(Role.ADMIN);
            look(console, "none");
            KeptData.much(console.store(), NOW);
            console.online(Role.ADMIN);
            look(console, "much");
            console.offline(Duration.ofSeconds(42));
            look(console, "offline");
            trouble(console);
            look(console, "trouble");
        }
        assertThat(faults.stream().distinct().toList()).isEmpty();
    }

    private static void trouble(ConsoleHarness console) throws Exception {
        console.stand(
                new ConnectionState.LogInNeeded(
                        console.health("Holiday shop", "#f2c744", true), NOW, "It has ended."));
        var refusal =
                new ProblemDetail(
                        "urn:slipway:problem:conflict",
                        "Conflict",
                        409,
                        "The run 2026-11-21-1 is RELEASED and can't be discarded.",
                        "p-7f3a21c9",
                        List.of());
        ConsoleHarness.run(
                () -> {
                    var notices = console.wiring().context().notices();
                    notices.show(new Problem.Rejected(refusal));
                    notices.show(new Problem.Bug("K3F9", "java.lang.IllegalStateException"));
                });
    }

    private void look(ConsoleHarness console, String state) throws Exception {
        for (Screen screen : Screen.values()) {
            console.show(screen);
            lookAtBoth(console, screen.name() + "-" + state);
            if (screen == Screen.MIGRATION) {
                for (int tab = 1; tab < 4; tab++) {
                    select(console, tab);
                    lookAtBoth(console, "MIGRATION" + tab + "-" + state);
                }
                select(console, 0);
            }
        }
    }

    private static void select(ConsoleHarness console, int tab) throws Exception {
        TabPane tabs = console.find("#tabs", TabPane.class);
        ConsoleHarness.run(() -> tabs.getSelectionModel().select(tab));
    }

    private void lookAtBoth(ConsoleHarness console, String what) throws Exception {
        console.settle();
        for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
            console.theme(theme);
            look(console, theme, what);
        }
    }

    private void look(ConsoleHarness console, Theme theme, String what) throws Exception {
        List<String> found =
                ConsoleHarness.onUi(
                        () -> {
                            var root = console.stage().getScene().getRoot();
                            root.applyCss();
                            root.layout();
                            return Legibility.faults(root);
                        });
        found.forEach(fault -> faults.add(theme + " " + what + ": " + fault));
        if (Boolean.getBoolean("slipway.pictures")) {
            console.picture(what.toLowerCase(Locale.ROOT).replace('_', '-'), theme);
        }
    }
}
