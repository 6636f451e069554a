package dev.slipway.console.shell;

import dev.slipway.api.access.Credentials;
import dev.slipway.api.access.Session;
import dev.slipway.client.Problem;
import dev.slipway.client.ProblemException;
import dev.slipway.console.fx.Background;

import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Logging in.
public final class LogInViewModel {
    /// Logs in at the backend.
    @FunctionalInterface
    public interface LogIn {
        Session with(Credentials credentials) throws ProblemException;
    }

    private final Background background;
    private final LogIn logIn;
    private final Runnable loggedIn;
    private final StringProperty user = new SimpleStringProperty("");
    private final StringProperty password = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();

    public LogInViewModel(Background background, LogIn logIn, Runnable loggedIn) {
        this.background = background;
        this.logIn = logIn;
        this.loggedIn = loggedIn;
    }

    public StringProperty user() {
        return user;
    }

    public StringProperty password() {
        return password;
    }

    public ReadOnlyStringProperty error() {
        return error.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    public BooleanBinding incomplete() {
        return user.isEmpty().or(password.isEmpty()).or(busy);
    }

    /// Logs in; the password is forgotten either way.
    public void logIn() {
        if (incomplete().get()) {
            return;
        }
        var credentials = new Credentials(user.get().strip(), password.get());
        password.set("");
        error.set("");
        busy.set(true);
        background
                .run(() -> logIn.with(credentials))
                .onSuccess(_ -> loggedIn.run())
                .onProblem(this::refused)
                .onEnd(() -> busy.set(false));
    }

    private void refused(Problem problem) {
        String detail = problem.detail();
        error.set(detail.isEmpty() ? problem.title() : detail);
    }
}
