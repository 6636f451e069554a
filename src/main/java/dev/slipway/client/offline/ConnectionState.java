package dev.slipway.client.offline;

import dev.slipway.api.Health;
import dev.slipway.api.access.Role;
import dev.slipway.api.access.Session;

import java.time.Instant;
import java.util.Set;

/// How the console stands to its backend.
public sealed interface ConnectionState {

    /// The first attempt is under way, or is still to come.
    ///
    /// @param waitsFor what has to be there first, for a person; empty if nothing
    record Connecting(String waitsFor) implements ConnectionState {}

    /// Live.
    record Online(Health health, Session session) implements ConnectionState {}

    /// Not reachable; tried again by itself.
    ///
    /// @param since the last moment that the backend was heard
    record Offline(Instant since, String reason) implements ConnectionState {}

    /// Reachable, but there is no valid session: someone must log in.
    ///
    /// @param since the last moment that the live stream was heard
    record LogInNeeded(Health health, Instant since, String reason) implements ConnectionState {}

    /// Whether a command that these roles may give can be given now. `ADMIN` may give all.
    default boolean allows(Set<Role> roles) {
        return this instanceof Online online
                && (online.session().role() == Role.ADMIN
                        || roles.contains(online.session().role()));
    }
}
