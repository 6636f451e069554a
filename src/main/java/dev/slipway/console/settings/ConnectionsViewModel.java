package dev.slipway.console.settings;

import dev.slipway.client.http.Problem;
import dev.slipway.console.fx.Background;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.function.Consumer;

/// The backends that are known, one of them open, and the form that adds or changes one.
public final class ConnectionsViewModel {
    private final Desk desk;
    private final Background background;
    private final Consumer<Problem> problems;
    private final ResourceBundle texts;
    private final ObservableList<Connection> all = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable Connection> selected = new SimpleObjectProperty<>();
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty url = new SimpleStringProperty("");
    private final StringProperty tokenFile = new SimpleStringProperty("");
    private final StringProperty certificate = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
    private final BooleanProperty busy = new SimpleBooleanProperty();

    public ConnectionsViewModel(
            Desk desk, Background background, Consumer<Problem> problems, ResourceBundle texts) {
        this.desk = desk;
        this.background = background;
        this.problems = problems;
        this.texts = texts;
        selected.subscribe(this::edit);
        refresh();
    }

    public ObservableList<Connection> all() {
        return all;
    }

    public ObjectProperty<@Nullable Connection> selected() {
        return selected;
    }

    public StringProperty name() {
        return name;
    }

    public StringProperty url() {
        return url;
    }

    public StringProperty tokenFile() {
        return tokenFile;
    }

    public StringProperty certificate() {
        return certificate;
    }

    /// What is wrong in the form; empty if nothing is.
    public ReadOnlyStringProperty error() {
        return error.getReadOnlyProperty();
    }

    /// Whether the sandbox is doing something.
    public BooleanProperty busy() {
        return busy;
    }

    /// Reads the list again.
    public void refresh() {
        all.setAll(desk.settings().get().connections());
    }

    /// Keeps what the form says; one of the same name is replaced.
    ///
    /// @return whether the form was right
    public boolean save() {
        try {
            var connection =
                    new Connection(
                            name.get(),
                            new URI(url.get().strip()),
                            orNull(tokenFile),
                            orNull(certificate));
            desk.settings().set(desk.settings().get().with(connection));
            error.set("");
            refresh();
            selected.set(connection);
            return true;
        } catch (IllegalArgumentException e) {
            error.set(String.valueOf(e.getMessage()));
        } catch (URISyntaxException e) {
            error.set(texts.getString("connections.bad-url"));
        }
        return false;
    }

    /// Forgets the selected one and what was kept offline of it. If that can't be deleted, the
    /// connection stays in the list.
    public void remove() {
        Connection connection = selected.get();
        if (connection != null) {
            background
                    .run(
                            () -> {
                                desk.kept().forget(connection);
                                return connection;
                            })
                    .onSuccess(this::removed)
                    .onProblem(problems);
        }
    }

    private void removed(Connection connection) {
        desk.settings().set(desk.settings().get().without(connection.name()));
        selected.set(null);
        refresh();
    }

    /// Opens the selected one in this window.
    public void open() {
        Connection connection = selected.get();
        if (connection != null) {
            desk.connect().accept(connection);
        }
    }

    public void stopBackend() {
        ask(Sandbox::stopBackend);
    }

    public void startBackend() {
        ask(Sandbox::startBackend);
    }

    public void visitors(double factor) {
        ask(sandbox -> sandbox.visitors(factor));
    }

    private interface Wish {
        void of(Sandbox sandbox) throws Exception;
    }

    private void ask(Wish wish) {
        desk.sandbox()
                .ifPresent(
                        sandbox -> {
                            busy.set(true);
                            background
                                    .run(
                                            () -> {
                                                wish.of(sandbox);
                                                return true;
                                            })
                                    .onProblem(problems)
                                    .onEnd(() -> busy.set(false));
                        });
    }

    private void edit(@Nullable Connection connection) {
        if (connection != null) {
            name.set(connection.name());
            url.set(connection.url().toString());
            tokenFile.set(Objects.requireNonNullElse(connection.tokenFile(), ""));
            certificate.set(Objects.requireNonNullElse(connection.certificate(), ""));
            error.set("");
        }
    }

    private static @Nullable String orNull(StringProperty field) {
        String text = field.get().strip();
        return text.isEmpty() ? null : text;
    }
}
