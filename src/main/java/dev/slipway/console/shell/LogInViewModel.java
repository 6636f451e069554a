package dev.slipway.console.shell;

import dev.slipway.api.access.Credentials;
import dev.slipway.api.access.NewPassword;
import dev.slipway.api.access.Session;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
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

    /// Changes the password of whoever just logged in.
    @FunctionalInterface
    public interface Change {
        Session to(NewPassword passwords) throws ProblemException;
    }

    private final Background background;
    private final LogIn logIn;
    private final Change change;
    private final Runnable loggedIn;
    private final StringProperty user = new SimpleStringProperty("");
    private final StringProperty password = new SimpleStringProperty("");
    private final StringProperty wanted = new SimpleStringProperty("");
    private final ReadOnlyBooleanWrapper due = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();

    /// @param loggedIn called once they are in, and may do what their role may
    public LogInViewModel(Background background, LogIn logIn, Change change, Runnable loggedIn) {
        this.background = background;
        this.logIn = logIn;
        this.change = change;
        this.loggedIn = loggedIn;
    }

    public StringProperty user() {
        return user;
    }

    public StringProperty password() {
        return password;
    }

    /// The new password, where one is due.
    public StringProperty wanted() {
        return wanted;
    }

    /// Whether a new password must be chosen before anything else.
    public ReadOnlyBooleanProperty due() {
        return due.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty error() {
        return error.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    public BooleanBinding incomplete() {
        return user.isEmpty().or(password.isEmpty()).or(busy).or(due.and(wanted.isEmpty()));
    }

    /// Logs in, and changes the password if that is due; the passwords are forgotten as soon as
    /// they are not needed.
    public void logIn() {
        if (incomplete().get()) {
            return;
        }
        var credentials = new Credentials(user.get().strip(), password.get());
        String next = due.get() ? wanted.get() : "";
        wanted.set("");
        error.set("");
        busy.set(true);
        background
                .run(() -> session(credentials, next))
                .onSuccess(this::loggedIn)
                .onProblem(this::refused)
                .onEnd(() -> busy.set(false));
    }

    private Session session(Credentials credentials, String next) throws ProblemException {
        Session session = logIn.with(credentials);
        return session.passwordDue() && !next.isEmpty()
                ? change.to(new NewPassword(credentials.password(), next))
                : session;
    }

    /// The password stays in its field while a new one is asked for: the change needs both.
    private void loggedIn(Session session) {
        due.set(session.passwordDue());
        if (!session.passwordDue()) {
            password.set("");
            loggedIn.run();
        }
    }

    private void refused(Problem problem) {
        if (!due.get()) {
            password.set("");
        }
        String detail = problem.detail();
        error.set(detail.isEmpty() ? problem.title() : detail);
    }
}
