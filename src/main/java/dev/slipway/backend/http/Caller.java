package dev.slipway.backend.http;

import dev.slipway.api.access.Role;

import java.time.Instant;

/// Who asks, as their token proves.
///
/// @param session names the session; not the token
/// @param passwordDue whether they may do nothing but change their password
public record Caller(
        String user, Role role, String session, Instant expiresAt, boolean passwordDue) {

    /// Whether this caller may call a route.
    public boolean may(Route route) {
        return route.open() || role == Role.ADMIN || route.roles().contains(role);
    }
}
