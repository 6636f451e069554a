package dev.slipway.console.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.ProblemDetail;
import dev.slipway.api.access.Role;
import dev.slipway.api.launch.Launch;
import dev.slipway.client.BackendClient.TokenSource;
import dev.slipway.client.offline.Resume;
import dev.slipway.console.shell.Screen;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.Keys;
import dev.slipway.testing.ScriptedBackend;
import dev.slipway.testing.ShopData;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

class LaunchScreenTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:04:05Z");

    @TempDir Path folder;
    private ScriptedBackend backend;
    private ConsoleHarness console;
    private Keys keys;

    @BeforeEach
    void open() throws Exception {
        backend = new ScriptedBackend();
        console =
                ConsoleHarness.open(
                        folder, backend.url(), TokenSource.NONE, InstantSource.fixed(NOW));
        console.store().replace(new Resume("e", "1"), new ShopData(NOW).all());
        console.online(Role.ONCALL);
        keys = new Keys(console.stage().getScene());
    }

    @AfterEach
    void close() throws Exception {
        console.close();
        backend.close();
    }

    @Test
    void oneChordRollsBackFromAnotherScreenAndShowsIt() throws Exception {
        backend.answer("POST /api/v1/launch/rollback", 200, launch(0));
        console.show(Screen.AUDIT);

        keys.press(KeyCode.R, KeyCode.CONTROL, KeyCode.SHIFT);
        console.await(() -> outcome().contains("Rolled back"));

        assertThat(backend.commands())
                .containsExactly("POST /api/v1/launch/rollback {\"reason\":\"\"}");
    }

    @Test
    void aRollBackThatFailsSaysThatTrafficIsUnchanged() throws Exception {
        backend.answer(
                "POST /api/v1/launch/rollback",
                503,
                new ProblemDetail(
                        "urn:x",
                        "The router does not answer",
                        503,
                        "It still sends 15 %.",
                        "p1",
                        List.of()));
        console.offline(Duration.ofSeconds(42));
        console.show(Screen.LAUNCH);

        keys.press(KeyCode.R, KeyCode.CONTROL, KeyCode.SHIFT);
        console.await(() -> outcome().contains("NOT rolled back"));
        assertThat(outcome()).contains("It still sends 15 %.");
    }

    @Test
    void aStepIsSetByKeyboardAlone() throws Exception {
        backend.answer("PUT /api/v1/launch/weight", 200, launch(25));
        console.show(Screen.LAUNCH);
        console.settle();

        keys.tabTo("step-25").press(KeyCode.SPACE);
        keys.tabTo("reason").type("p95 is fine");
        console.await(() -> !find("#set").isDisabled());
        keys.tabTo("set").press(KeyCode.SPACE);
        console.await(() -> !backend.commands().isEmpty());

        assertThat(backend.commands())
                .containsExactly(
                        "PUT /api/v1/launch/weight"
                                + " {\"newPercent\":25,\"expected\":15,\"reason\":\"p95 is fine\"}");
    }

    @Test
    void offlineEverythingButRollingBackIsClosedAndSaysWhy() throws Exception {
        console.offline(Duration.ofSeconds(42));
        console.show(Screen.LAUNCH);
        console.settle();

        assertThat(find("#set").isDisabled()).isTrue();
        assertThat(find("#hold").isDisabled()).isTrue();
        assertThat(find("#rollBack").isDisabled()).isFalse();
        assertThat(console.find("#why", Label.class).getText()).contains("can't be reached");
    }

    private Button find(String selector) {
        return (Button) console.stage().getScene().lookup(selector);
    }

    private String outcome() {
        return console.stage().getScene().lookup("#outcome") instanceof Label label
                ? label.getText()
                : "";
    }

    private static Launch launch(int intended) {
        return new Launch(
                intended, intended, null, 0, false, "ines", NOW, "why", "sandbox edge", null);
    }
}
