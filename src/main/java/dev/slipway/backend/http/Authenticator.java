package dev.slipway.backend.http;

import java.util.Optional;

/// Knows whose a bearer token is.
@FunctionalInterface
public interface Authenticator {
    /// Whose the token is; empty if it is unknown, expired, logged out, or its user is disabled.
    Optional<Caller> caller(String token);
}
