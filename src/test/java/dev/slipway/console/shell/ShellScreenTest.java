package dev.slipway.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.client.http.Problem;
import dev.slipway.client.offline.ConnectionState;
import dev.slipway.client.offline.Resume;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.Keys;
import dev.slipway.testing.ShopData;
import dev.slipway.testing.TestClock;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

class ShellScreenTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir Path folder;

    private final TestClock clock = new TestClock(NOW);
    private final FxRobot robot = new FxRobot();
    private ConsoleHarness console;

    @BeforeEach
    void open() throws Exception {
        console = ConsoleHarness.open(folder, clock);
        console.store().replace(new Resume("e", "1"), new ShopData(NOW).all());
        console.online(Role.ADMIN);
        console.show(Screen.OVERVIEW);
    }

    @AfterEach
    void close() throws Exception {
        console.close();
    }

    @Test
    void everyScreenIsReachedByKeyboard() throws Exception {
        for (Screen screen : Screen.values()) {
            var item = item(screen);
            if (screen.digit().isEmpty()) {
                var before = item(Screen.values()[screen.ordinal() - 1]);
                ConsoleHarness.run(before::requestFocus);
                robot.push(KeyCode.DOWN);
            } else {
                robot.push(KeyCode.CONTROL, KeyCode.getKeyCode(screen.digit()));
            }
            console.await(item::isSelected);
        }
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT1);
        robot.push(KeyCode.CONTROL, KeyCode.COMMA);
        console.await(item(Screen.CONNECTIONS)::isSelected);
    }

    @Test
    void theEnvironmentsNameAndColourAreOnTheWindow() throws Exception {
        var environment = console.find("#environment", Label.class);
        console.await(() -> environment.getText().equals("sandbox"));
        assertThat(console.find("#band", HBox.class).getStyle()).contains("#1f6feb");

        console.stand(
                new ConnectionState.Online(
                        console.health("Holiday shop", "#b42318", true),
                        dev.slipway.testing.FakeBackend.session(Role.ONCALL)));

        console.await(() -> environment.getText().equals("Holiday shop"));
        assertThat(console.find("#band", HBox.class).getStyle()).contains("#b42318");
        assertThat(console.find("#production", Label.class).isVisible()).isTrue();
    }

    @Test
    void aNoticeKeepsTheFocusWhileOthersComeAndGo() throws Exception {
        var notices = console.wiring().context().notices();
        ConsoleHarness.run(() -> notices.show(new Problem.Offline("The line is cut.")));
        var dismiss = console.find("#notice-dismiss", Button.class);
        ConsoleHarness.run(dismiss::requestFocus);

        ConsoleHarness.run(() -> notices.info("done"));
        assertThat(ConsoleHarness.onUi(() -> console.stage().getScene().getFocusOwner()))
                .isSameAs(dismiss);

        ConsoleHarness.run(() -> notices.dismiss(notices.all().getFirst()));
        assertThat(ConsoleHarness.onUi(() -> console.stage().getScene().getFocusOwner()))
                .isSameAs(dismiss);

        new Keys().press(KeyCode.SPACE);
        console.await(() -> notices.all().isEmpty());
        var place = console.find("#notices", javafx.scene.layout.VBox.class);
        assertThat(place.getChildren()).isEmpty();
    }

    @Test
    void offlineIsSaidOverEveryScreenAndAges() throws Exception {
        console.offline(Duration.ofSeconds(10));
        var banner = console.find("#banner", HBox.class);
        console.await(banner::isVisible);
        for (Screen screen : Screen.values()) {
            console.show(screen);
            assertThat(banner.isVisible()).isTrue();
        }
        var text = console.find("#bannerText", Label.class);
        clock.forward(Duration.ofSeconds(60));

        console.await(() -> text.getText().contains("70 s ago"));

        console.online(Role.ADMIN);
        console.await(() -> !banner.isVisible());
    }

    @Test
    void whoMustLogInFindsTheForm() throws Exception {
        var form = console.find("#logInForm", HBox.class);
        assertThat(form.isVisible()).isFalse();

        console.stand(
                new ConnectionState.LogInNeeded(
                        console.health("sandbox", "#1f6feb", false), NOW, "It has ended."));

        console.await(form::isVisible);
        var logIn = console.find("#logInButton", Button.class);
        assertThat(logIn.isDisabled()).isTrue();
        robot.clickOn("#user").write("ada").push(KeyCode.ENTER).write("secret");
        console.await(() -> !logIn.isDisabled());
        robot.push(KeyCode.ENTER);
        // there is no backend at all here
        var error = console.find("#logInError", Label.class);
        console.await(() -> error.getText().contains("Nothing was changed"));
    }

    @Test
    void aProblemStaysUntilItIsDismissedAndAnInfoGoes() throws Exception {
        var notices = console.find("#notices", VBox.class);
        Notices all = console.wiring().context().notices();
        ConsoleHarness.run(
                () -> {
                    all.show(new Problem.Offline("Nothing was changed."));
                    all.info("Done.");
                });
        console.await(() -> notices.getChildren().size() == 2);
        clock.forward(Duration.ofSeconds(7));
        console.await(() -> notices.getChildren().size() == 1);
        clock.forward(Duration.ofHours(1));
        console.settle();
        assertThat(notices.getChildren()).hasSize(1);

        robot.push(KeyCode.ESCAPE);

        console.await(() -> notices.getChildren().isEmpty());
    }

    @Test
    void f1ShowsTheHelpAndEscapeHidesIt() throws Exception {
        Node keys = console.find("#helpPlace", Node.class);
        assertThat(keys.isVisible()).isFalse();

        robot.push(KeyCode.F1);
        console.await(keys::isVisible);
        robot.push(KeyCode.ESCAPE);

        console.await(() -> !keys.isVisible());
    }

    private ToggleButton item(Screen screen) throws Exception {
        String name = screen.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        return console.find("#nav-" + name, ToggleButton.class);
    }
}
