package dev.slipway.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Paths;
import dev.slipway.api.ProblemDetail;
import dev.slipway.api.access.Role;
import dev.slipway.api.access.Session;
import dev.slipway.api.events.Kind;
import dev.slipway.client.http.Problem;
import dev.slipway.client.offline.ConnectionState;
import dev.slipway.client.offline.Document;
import dev.slipway.client.offline.Resume;
import dev.slipway.console.shell.Screen;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.MuchWork;
import dev.slipway.testing.ShopData;
import dev.slipway.testing.Workplace;

import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

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
            var away = new MuchWork(NOW).brokerAway();
            console.store().take("1", List.of(Document.of(Kind.JOB_BROKER, "broker", away)));
            console.settle();
            console.picture("overview-broker-away");
            console.offline(Duration.ofSeconds(42));
            console.picture("overview-broker-away-offline");
            console.online(Role.ADMIN);
            console.store().take("1", List.of(new Document(Kind.JOB_BROKER, "broker", null)));
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

    /// What a first administrator sees, and who connects to a backend with a certificate of its
    /// own.
    @Test
    void ofANewPasswordAndOfACertificate() throws Exception {
        try (var place = new Workplace(folder)) {
            var console = place.console();
            place.keep(20);
            console.show(Screen.OVERVIEW);
            console.stand(
                    new ConnectionState.LogInNeeded(
                            console.health("Holiday shop", "#b42318", true),
                            Workplace.NOW,
                            "It has ended."));
            var due = new Session("t", "admin", Role.ADMIN, Workplace.NOW.plusSeconds(3_600), true);
            place.backend().answer("POST " + Paths.SESSION, 200, due);
            place.keys().tabTo("user").type("admin").tabTo("password").type("from the file");
            place.keys().press(KeyCode.ENTER);
            console.await(() -> Workplace.shows("newPassword"));
            console.picture("new-password");
            place.backend()
                    .answer(
                            "PUT " + Paths.PASSWORD,
                            400,
                            new ProblemDetail(
                                    "urn:slipway:problem:bad-request",
                                    "The request is wrong",
                                    400,
                                    "It needs 12 characters at least.",
                                    "p-1",
                                    List.of()));
            place.keys().tabTo("newPassword").type("short").press(KeyCode.ENTER);
            console.settle();
            console.picture("new-password-refused");
            console.online(Role.ADMIN);
            console.show(Screen.CONNECTIONS);
            console.await(() -> Workplace.shows("certificate"));
            place.keys().tabTo("url").type("https://backend.shop.example:7400");
            place.keys().tabTo("certificate").type("/home/ada/shop/backend-certificate-2026.pem");
            console.picture("certificate");
        }
        assertThat(Files.exists(Path.of("target/pictures/certificate-dark-1920x1080.png")))
                .isTrue();
    }

    private static ToggleButton hour(ConsoleHarness console) {
        var ranges = (HBox) console.stage().getScene().lookup("#ranges");
        return (ToggleButton) ranges.getChildren().get(2);
    }
}
