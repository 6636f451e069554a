package dev.slipway.console.shell;

import dev.slipway.api.Health;
import dev.slipway.client.offline.ConnectionState;
import dev.slipway.client.offline.ConnectionState.Connecting;
import dev.slipway.client.offline.ConnectionState.LogInNeeded;
import dev.slipway.client.offline.ConnectionState.Offline;
import dev.slipway.client.offline.ConnectionState.Online;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.fx.Format;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ResourceBundle;
import java.util.function.Supplier;

/// What the window's frame says: which environment this is, how the connection stands, and how old
/// everything is.
public final class ShellViewModel {
    /// The connection at a glance.
    public enum Status {
        CONNECTING,
        LIVE,
        OFFLINE,
        LOG_IN
    }

    private final ResourceBundle texts;
    private final String connectionName;
    private final Supplier<Instant> heard;
    private final ReadOnlyStringWrapper environment = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper colour = new ReadOnlyStringWrapper("#57606a");
    private final ReadOnlyBooleanWrapper production = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Status> status =
            new ReadOnlyObjectWrapper<>(Status.CONNECTING);
    private final ReadOnlyStringWrapper statusText = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper banner = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper who = new ReadOnlyStringWrapper("");
    private ConnectionState connection = new Connecting("");
    private Instant now;

    /// @param connectionName what the environment is called until it says its name
    /// @param heard when the backend was last heard
    public ShellViewModel(
            ResourceBundle texts, String connectionName, Supplier<Instant> heard, Instant now) {
        this.texts = texts;
        this.connectionName = connectionName;
        this.heard = heard;
        this.now = now;
        environment.set(connectionName);
        update();
    }

    /// What was kept of the backend's name; what it says itself now is newer.
    public void show(LoadState<Health> health) {
        switch (connection) {
            case Connecting _, Offline _ -> health.value().ifPresent(this::name);
            case Online _, LogInNeeded _ -> {}
        }
    }

    public void show(ConnectionState state) {
        connection = state;
        switch (state) {
            case Online online -> name(online.health());
            case LogInNeeded needed -> name(needed.health());
            case Offline _, Connecting _ -> {}
        }
        update();
    }

    public void tick(Instant time) {
        now = time;
        update();
    }

    public ReadOnlyStringProperty environment() {
        return environment.getReadOnlyProperty();
    }

    /// `#rrggbb`
    public ReadOnlyStringProperty colour() {
        return colour.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty production() {
        return production.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Status> status() {
        return status.getReadOnlyProperty();
    }

    /// For example `Live · heard 1 s ago`.
    public ReadOnlyStringProperty statusText() {
        return statusText.getReadOnlyProperty();
    }

    /// What must be said over every screen; empty when all is well.
    public ReadOnlyStringProperty banner() {
        return banner.getReadOnlyProperty();
    }

    /// User and role; empty when no one is logged in.
    public ReadOnlyStringProperty who() {
        return who.getReadOnlyProperty();
    }

    /// The window's title.
    public String title() {
        return MessageFormat.format(
                texts.getString("shell.title"), environment.get(), connectionName);
    }

    private void name(Health health) {
        environment.set(health.environment());
        colour.set(valid(health.colour()));
        production.set(health.production());
    }

    private static String valid(String colour) {
        return colour.matches("#[0-9a-fA-F]{6}") ? colour : "#57606a";
    }

    private void update() {
        boolean never = heard.get().equals(Instant.EPOCH);
        String age = Format.age(Duration.between(heard.get(), now));
        switch (connection) {
            case Connecting(var waitsFor) ->
                    set(
                            Status.CONNECTING,
                            text("shell.status.connecting"),
                            waitsFor.isEmpty() ? "" : waiting(never, age, waitsFor),
                            "");
            case Online online ->
                    set(
                            Status.LIVE,
                            text("shell.status.live", age),
                            "",
                            online.session().user()
                                    + " · "
                                    + text("role." + online.session().role().name()));
            case Offline offline ->
                    set(
                            Status.OFFLINE,
                            never ? text("shell.status.never") : text("shell.status.offline", age),
                            never
                                    ? text("shell.banner.never", offline.reason())
                                    : text("shell.banner.offline", age, offline.reason()),
                            "");
            case LogInNeeded needed ->
                    set(
                            Status.LOG_IN,
                            text("shell.status.log-in"),
                            text("shell.banner.log-in", needed.reason()),
                            "");
        }
    }

    private String waiting(boolean never, String age, String waitsFor) {
        return never
                ? text("shell.banner.starting", waitsFor)
                : text("shell.banner.starting-again", waitsFor, age);
    }

    private void set(Status newStatus, String newText, String newBanner, String newWho) {
        status.set(newStatus);
        statusText.set(newText);
        banner.set(newBanner);
        who.set(newWho);
    }

    private String text(String key, Object... values) {
        return MessageFormat.format(texts.getString(key), values);
    }
}
