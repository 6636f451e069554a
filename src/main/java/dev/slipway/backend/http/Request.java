package dev.slipway.backend.http;

import dev.slipway.api.access.Role;

import java.util.Optional;

/// A request that has passed authentication, authorisation and the size limits.
public interface Request {
    /// A path parameter of the route's template.
    String path(String name);

    /// A query parameter.
    Optional<String> query(String name);

    /// A query parameter that is a whole number in a range.
    ///
    /// @throws Refused 400 if it is something else
    int query(String name, int otherwise, int least, int most);

    /// The body, read strictly: an unknown or wrong field is refused.
    ///
    /// @throws Refused 400 or 413
    <T> T body(Class<T> type);

    /// A header, if it was sent once.
    default Optional<String> header(String name) {
        return Optional.empty();
    }

    /// The address that it came from.
    default String address() {
        return "";
    }

    /// Whose token it bears; empty on an open route.
    default Optional<Caller> caller() {
        return Optional.empty();
    }

    /// Who asks.
    String user();

    Role role();

    /// Says what the request is about and why, for the audit log.
    void audit(String subject, String reason);
}
