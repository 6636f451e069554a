package dev.slipway.api;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// An error on the wire: `application/problem+json` (RFC 9457).
///
/// @param type a URI naming the kind of problem, for example `urn:slipway:problem:not-found`
/// @param title the kind of problem in a few words, the same for each occurrence
/// @param status the HTTP status code
/// @param detail what was wrong here, what is unchanged, and what to do now
/// @param id names this occurrence; the server's log holds the cause under it
/// @param errors the wrong fields of the request, if it was the request that was wrong
public record ProblemDetail(
        String type,
        String title,
        int status,
        @Nullable String detail,
        String id,
        List<FieldError> errors) {

    public ProblemDetail {
        errors = List.copyOf(errors);
    }

    /// One wrong field.
    ///
    /// @param field where: a JSON pointer, a query parameter or a header
    /// @param message what was expected there
    public record FieldError(String field, String message) {}
}
