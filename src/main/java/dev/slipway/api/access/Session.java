package dev.slipway.api.access;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A logged-in user.
///
/// @param token the bearer token; null when the session is only looked at
/// @param passwordDue whether nothing is allowed until the password has been changed
public record Session(
        @Nullable String token, String user, Role role, Instant expiresAt, boolean passwordDue) {

    /// A session that may do all that its role may.
    public Session(@Nullable String token, String user, Role role, Instant expiresAt) {
        this(token, user, role, expiresAt, false);
    }

    /// Leaves the token out: a record's text ends up in logs.
    @Override
    public String toString() {
        return "Session[user=" + user + ", role=" + role + ", expiresAt=" + expiresAt + "]";
    }
}
