package dev.slipway.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Health;
import dev.slipway.api.access.Role;
import dev.slipway.api.access.Session;
import dev.slipway.client.offline.ConnectionState;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.ConsoleWiring;
import dev.slipway.console.shell.ShellViewModel.Status;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class ShellViewModelTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private Instant heard = NOW;
    private final ShellViewModel model =
            new ShellViewModel(ConsoleWiring.texts(), "prod", () -> heard, NOW);

    @Test
    void connectsUnderTheConnectionsNameUntilTheEnvironmentSaysItsOwn() {
        assertThat(model.environment().get()).isEqualTo("prod");
        assertThat(model.status().get()).isEqualTo(Status.CONNECTING);

        model.show(online("#aa0000", true));

        assertThat(model.environment().get()).isEqualTo("Holiday shop");
        assertThat(model.colour().get()).isEqualTo("#aa0000");
        assertThat(model.production().get()).isTrue();
        assertThat(model.title()).isEqualTo("Holiday shop – Slipway");
        assertThat(model.who().get()).isEqualTo("ada · on call");
        assertThat(model.banner().get()).isEmpty();
    }

    @Test
    void offlineItSaysSinceWhenAndTheAgeGrows() {
        model.show(online("#aa0000", false));
        model.show(new ConnectionState.Offline(NOW, "Connection refused."));

        model.tick(NOW.plusSeconds(42));

        assertThat(model.status().get()).isEqualTo(Status.OFFLINE);
        assertThat(model.statusText().get()).isEqualTo("Offline, heard 42 s ago");
        assertThat(model.banner().get())
                .startsWith("The backend can't be reached. You see what stood 42 s ago")
                .endsWith("Connection refused.");
        assertThat(model.environment().get()).isEqualTo("Holiday shop");
        assertThat(model.who().get()).isEmpty();
    }

    @Test
    void offlineFromTheStartItStillHasTheEnvironmentsColour() {
        model.show(new LoadState.Stale<>(health("#00aa00", false), NOW));
        model.show(new ConnectionState.Offline(NOW, ""));

        assertThat(model.environment().get()).isEqualTo("Holiday shop");
        assertThat(model.colour().get()).isEqualTo("#00aa00");
    }

    @Test
    void whatWasNeverHeardHasNoAge() {
        heard = Instant.EPOCH;
        model.show(new ConnectionState.Offline(Instant.EPOCH, "no route"));

        assertThat(model.statusText().get()).isEqualTo("Offline");
        assertThat(model.banner().get())
                .contains("nothing of it was ever seen")
                .contains("no route");
    }

    @Test
    void whatStartsSaysWhatItDoesAndHowOldTheRestIs() {
        model.show(new ConnectionState.Connecting("legacy is ready"));
        model.tick(NOW.plusSeconds(90));

        assertThat(model.status().get()).isEqualTo(Status.CONNECTING);
        assertThat(model.banner().get())
                .isEqualTo(
                        "Starting: you see what stood 90 s ago; nothing can be changed until it is"
                                + " up. legacy is ready");

        heard = Instant.EPOCH;
        model.tick(NOW.plusSeconds(91));

        assertThat(model.banner().get()).isEqualTo("Starting. legacy is ready");
    }

    @Test
    void asksForALogIn() {
        model.show(new ConnectionState.LogInNeeded(health("#000000", false), NOW, "It ended."));

        assertThat(model.status().get()).isEqualTo(Status.LOG_IN);
        assertThat(model.banner().get()).endsWith("It ended.");
    }

    @Test
    void aColourThatIsNoneDoesNotGetIntoTheStyle() {
        model.show(online("red; -fx-opacity: 0", false));

        assertThat(model.colour().get()).matches("#[0-9a-f]{6}");
    }

    private static ConnectionState online(String colour, boolean production) {
        return new ConnectionState.Online(
                health(colour, production), new Session(null, "ada", Role.ONCALL, NOW));
    }

    private static Health health(String colour, boolean production) {
        return new Health(true, "1", "Holiday shop", colour, production, "e", 5, NOW, NOW);
    }
}
