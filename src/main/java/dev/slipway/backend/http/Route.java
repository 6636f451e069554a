package dev.slipway.backend.http;

import dev.slipway.api.access.Role;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/// One route: who may call it, what it takes and what it gives. The table of all routes is what the
/// server serves, what the OpenAPI document describes, and what the role matrix walks.
///
/// @param method `GET`, `POST`, `PUT` or `DELETE`; every method but `GET` wants an
///   `Idempotency-Key`
/// @param path a template of `dev.slipway.api.Paths`
/// @param roles who may call it besides `ADMIN`; empty means that no token is needed
/// @param summary one line for the OpenAPI document
/// @param body the type of the request's body, or null if it takes none
/// @param answer the type of the answer's body (for a page, of one item), or null if it gives none
public record Route(
        String method,
        String path,
        Set<Role> roles,
        String summary,
        @Nullable Class<?> body,
        @Nullable Class<?> answer,
        Handler handler) {

    public Route {
        roles = Set.copyOf(roles);
    }

    /// Whether anyone may call it.
    public boolean open() {
        return roles.isEmpty();
    }

    /// Answers a request: with a value, which is sent as JSON with 200, with an [Answer], or with
    /// null (204).
    @FunctionalInterface
    public interface Handler {
        @Nullable Object handle(Request request) throws Exception;
    }

    /// Whom a read is open to.
    public static final Set<Role> ANYONE_LOGGED_IN = Set.of(Role.values());
}
