package dev.slipway.console.command;

import dev.slipway.api.access.Role;
import dev.slipway.client.offline.ConnectionState;
import dev.slipway.client.offline.ConnectionState.Connecting;
import dev.slipway.client.offline.ConnectionState.LogInNeeded;
import dev.slipway.client.offline.ConnectionState.Offline;
import dev.slipway.client.offline.ConnectionState.Online;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Who may give which command now: closed without a backend and for other roles, with the reason.
public final class Access {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final ObservableValue<ConnectionState> connection;
    private final Wording words;

    public Access(ObservableValue<ConnectionState> connection, Wording words) {
        this.connection = connection;
        this.words = words;
    }

    /// A gate for those roles; `ADMIN` passes each.
    public Gate to(Role... roles) {
        Set<Role> allowed = Set.of(roles);
        return Gate.of(
                Bindings.createStringBinding(
                        () -> refusal(connection.getValue(), allowed), connection));
    }

    /// A gate for those roles that stays open while the backend can't be reached: for what must
    /// never be refused, an attempt that fails says more than a button that can't be pressed.
    public Gate evenOffline(Role... roles) {
        Set<Role> allowed = Set.of(roles);
        return Gate.of(
                Bindings.createStringBinding(
                        () ->
                                connection.getValue() instanceof Online online
                                        ? refusal(online, allowed)
                                        : "",
                        connection));
    }

    /// Whether the backend is there.
    public boolean online() {
        return connection.getValue() instanceof Online;
    }

    /// Where a command would act.
    public Place place() {
        return switch (connection.getValue()) {
            case Online(var health, var _) -> new Place(health.environment(), health.production());
            case LogInNeeded(var health, var _, var _) ->
                    new Place(health.environment(), health.production());
            case Connecting _, Offline _ -> new Place(words.say("command.unknownPlace"), true);
        };
    }

    private String refusal(ConnectionState state, Set<Role> allowed) {
        return switch (state) {
            case Online(var _, var session) when !state.allows(allowed) ->
                    words.say("command.role", name(session.role()), names(allowed));
            case Online _ -> "";
            case Connecting _ -> words.say("command.connecting");
            case Offline(var since, var _) -> words.say("command.offline", clock(since));
            case LogInNeeded _ -> words.say("command.logIn");
        };
    }

    private static String clock(Instant at) {
        return CLOCK.format(at.atZone(ZoneId.systemDefault()));
    }

    private static String names(Set<Role> roles) {
        return roles.stream().sorted().map(Access::name).collect(Collectors.joining(", "));
    }

    private static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /// The environment that a command would act on.
    ///
    /// @param production its name must be typed before a dangerous act
    public record Place(String environment, boolean production) {}
}
