package dev.slipway.console.settings;

import dev.slipway.console.fx.Theme;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a person has chosen on this machine.
///
/// @param last the name of the connection that was used last, or null
public record Settings(Theme theme, List<Connection> connections, @Nullable String last) {
    static final Settings NONE = new Settings(Theme.SYSTEM, List.of(), null);

    public Settings {
        connections = List.copyOf(connections);
    }

    public Settings with(Theme other) {
        return new Settings(other, connections, last);
    }

    /// With a connection added, or put in the place of the one of its name.
    public Settings with(Connection connection) {
        var changed = new ArrayList<>(without(connection.name()).connections);
        changed.add(connection);
        return new Settings(theme, changed, last);
    }

    public Settings without(String name) {
        return new Settings(
                theme, connections.stream().filter(one -> !one.name().equals(name)).toList(), last);
    }

    public Settings used(Connection connection) {
        return new Settings(theme, connections, connection.name());
    }

    /// The connection that was used last, or the first.
    public Optional<Connection> preferred() {
        return connections.stream()
                .filter(one -> one.name().equals(last))
                .findFirst()
                .or(() -> connections.stream().findFirst());
    }
}
