package dev.slipway.console.shell;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Credentials;
import dev.slipway.api.access.NewPassword;
import dev.slipway.api.access.Role;
import dev.slipway.api.access.Session;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.console.fx.Background;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class LogInViewModelTest {
    private final List<Credentials> asked = new ArrayList<>();
    private final AtomicInteger loggedIn = new AtomicInteger();

    @Test
    void logsInAndForgetsThePassword() {
        var model =
                model(
                        credentials -> {
                            asked.add(credentials);
                            return new Session("t", "ada", Role.ADMIN, Instant.EPOCH);
                        });
        assertThat(model.incomplete().get()).isTrue();
        model.user().set(" ada ");
        model.password().set("pw");
        assertThat(model.incomplete().get()).isFalse();

        model.logIn();

        eventually("logged in", () -> loggedIn.get() == 1);
        assertThat(asked).containsExactly(new Credentials("ada", "pw"));
        assertThat(model.password().get()).isEmpty();
    }

    @Test
    void saysWhyItWasRefused() {
        var model =
                model(
                        _ -> {
                            throw new ProblemException(
                                    new Problem.Unauthorised("User or password is wrong."));
                        });
        model.user().set("ada");
        model.password().set("pw");

        model.logIn();

        eventually("refused", () -> !model.error().get().isEmpty());
        assertThat(model.error().get()).isEqualTo("User or password is wrong.");
        assertThat(loggedIn).hasValue(0);
    }

    @Test
    void aPasswordThatIsDueIsChangedBeforeAnythingElse() {
        List<NewPassword> changed = new ArrayList<>();
        var model =
                new LogInViewModel(
                        new Background(Runnable::run),
                        _ -> new Session("t", "admin", Role.ADMIN, Instant.EPOCH, true),
                        passwords -> {
                            changed.add(passwords);
                            return new Session(null, "admin", Role.ADMIN, Instant.EPOCH, false);
                        },
                        loggedIn::incrementAndGet);
        model.user().set("admin");
        model.password().set("once");

        model.logIn();

        eventually("asked for a new one", () -> model.due().get() && !model.busy().get());
        assertThat(loggedIn).hasValue(0);
        assertThat(changed).isEmpty();
        assertThat(model.incomplete().get()).isTrue();
        model.wanted().set("a fine new password");

        model.logIn();

        eventually("logged in", () -> loggedIn.get() == 1);
        assertThat(changed).containsExactly(new NewPassword("once", "a fine new password"));
        assertThat(model.due().get()).isFalse();
        assertThat(model.password().get() + model.wanted().get()).isEmpty();
    }

    private LogInViewModel model(LogInViewModel.LogIn logIn) {
        return new LogInViewModel(
                new Background(Runnable::run),
                logIn,
                _ -> {
                    throw new AssertionError("no change is due");
                },
                loggedIn::incrementAndGet);
    }
}
