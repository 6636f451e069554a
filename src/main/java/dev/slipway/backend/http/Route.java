package dev.slipway.backend.http;

import dev.slipway.api.access.Role;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// One route: who may call it, what it takes and what it gives. The table of all routes is what the
/// server serves, what the OpenAPI document describes, and what the role matrix walks.
///
/// @param method `GET`, `POST`, `PUT` or `DELETE`; every method but `GET` wants an
///   `Idempotency-Key`
/// @param path a template of `dev.slipway.api.Paths`
/// @param roles who may call it besides `ADMIN`; empty means that no token is needed
/// @param summary one line for the OpenAPI document
/// @param body the type of the request's body, or null if it takes none; `byte[]` for a file as it
///   is
/// @param answer the type of the answer's body (for a page or a list, of one item), or null if it
///   gives none
/// @param shape what the answer's body is made of
/// @param query the query parameters that it takes
/// @param outside whether a write reaches beyond the state database, so that what became of it
///   can't always be known; any other answers with an [Effect]
public record Route(
        String method,
        String path,
        Set<Role> roles,
        String summary,
        @Nullable Class<?> body,
        @Nullable Class<?> answer,
        Handler handler,
        Shape shape,
        List<Parameter> query,
        boolean outside) {

    public Route {
        roles = Set.copyOf(roles);
        query = List.copyOf(query);
    }

    public Route(
            String method,
            String path,
            Set<Role> roles,
            String summary,
            @Nullable Class<?> body,
            @Nullable Class<?> answer,
            Handler handler) {
        this(method, path, roles, summary, body, answer, handler, Shape.ONE, List.of(), false);
    }

    /// What the body of an answer is made of.
    public enum Shape {
        /// One thing.
        ONE,
        /// A `Page` of things; takes the query parameters `after` and `limit`.
        PAGE,
        /// An array of things.
        LIST,
        /// Lines of comma-separated values.
        CSV,
        /// Bytes of another media type.
        BYTES,
        /// A file of any kind, whole or a range of its bytes.
        FILE,
        /// Server-sent events.
        EVENTS
    }

    /// A query parameter.
    ///
    /// @param description for the OpenAPI document
    public record Parameter(String name, String description) {}

    /// The same route, answering with a `Page`.
    public Route paged() {
        return shaped(Shape.PAGE);
    }

    /// The same route, answering with an array.
    public Route listed() {
        return shaped(Shape.LIST);
    }

    /// The same route, answering with something of another shape.
    public Route shaped(Shape other) {
        return new Route(
                method, path, roles, summary, body, answer, handler, other, query, outside);
    }

    /// The same write, reaching beyond the state database.
    public Route reachingOutside() {
        return new Route(method, path, roles, summary, body, answer, handler, shape, query, true);
    }

    /// Method and template: what commands and the audit log call it.
    public String action() {
        return method + " " + path;
    }

    /// The same route, taking one more query parameter.
    public Route with(String name, String description) {
        var more = new ArrayList<>(query);
        more.add(new Parameter(name, description));
        return new Route(method, path, roles, summary, body, answer, handler, shape, more, outside);
    }

    /// Whether anyone may call it.
    public boolean open() {
        return roles.isEmpty();
    }

    /// Answers a request: with a value, which is sent as JSON with 200, with an [Answer], with null
    /// (204), or, if it is a write, with an [Effect] that gives one of these.
    @FunctionalInterface
    public interface Handler {
        @Nullable Object handle(Request request) throws Exception;
    }

    /// Whom a read is open to.
    public static final Set<Role> ANYONE_LOGGED_IN = Set.of(Role.values());
}
