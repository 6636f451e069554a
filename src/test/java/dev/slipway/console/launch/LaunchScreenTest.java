package dev.slipway.console.launch;

import static dev.slipway.testing.Workplace.NOW;
import static dev.slipway.testing.Workplace.closed;
import static dev.slipway.testing.Workplace.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.ProblemDetail;
import dev.slipway.api.access.Role;
import dev.slipway.api.launch.Launch;
import dev.slipway.console.shell.Screen;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.ShopData;
import dev.slipway.testing.Workplace;

import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

class LaunchScreenTest {
    @TempDir Path folder;
    private Workplace place;
    private ConsoleHarness console;

    @BeforeEach
    void open() throws Exception {
        place = new Workplace(folder);
        place.keep(new ShopData(NOW).all());
        console = place.console();
        console.online(Role.ONCALL);
    }

    @AfterEach
    void close() throws Exception {
        place.close();
    }

    @Test
    void oneChordRollsBackFromAnotherScreenAndShowsIt() throws Exception {
        place.backend().answer("POST /api/v1/launch/rollback", 200, launch(0));
        console.show(Screen.AUDIT);

        place.keys().press(KeyCode.R, KeyCode.CONTROL, KeyCode.SHIFT);
        console.await(() -> text("outcome").contains("Rolled back"));

        assertThat(place.backend().commands())
                .containsExactly("POST /api/v1/launch/rollback {\"reason\":\"\"}");
    }

    @Test
    void aRollBackThatFailsSaysThatTrafficIsUnchanged() throws Exception {
        place.backend()
                .answer(
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

        place.keys().press(KeyCode.R, KeyCode.CONTROL, KeyCode.SHIFT);
        console.await(() -> text("outcome").contains("NOT rolled back"));
        assertThat(text("outcome")).contains("It still sends 15 %.");
    }

    @Test
    void aStepIsSetByKeyboardAlone() throws Exception {
        place.backend().answer("PUT /api/v1/launch/weight", 200, launch(25));
        console.show(Screen.LAUNCH);
        console.settle();

        var keys = place.keys().tabTo("step-25").press(KeyCode.SPACE);
        keys.tabTo("reason").type("p95 is fine");
        console.await(() -> !closed("set"));
        keys.tabTo("set").press(KeyCode.SPACE);
        console.await(() -> !place.backend().commands().isEmpty());

        assertThat(place.backend().commands())
                .containsExactly(
                        "PUT /api/v1/launch/weight"
                                + " {\"newPercent\":25,\"expected\":15,\"reason\":\"p95 is fine\"}");
    }

    @Test
    void offlineEverythingButRollingBackIsClosedAndSaysWhy() throws Exception {
        console.offline(Duration.ofSeconds(42));
        console.show(Screen.LAUNCH);
        console.settle();

        assertThat(closed("set")).isTrue();
        assertThat(closed("hold")).isTrue();
        assertThat(closed("rollBack")).isFalse();
        assertThat(text("why")).contains("can't be reached");
    }

    private static Launch launch(int intended) {
        return new Launch(
                intended, intended, null, 0, false, "ines", NOW, "why", "sandbox edge", null);
    }
}
