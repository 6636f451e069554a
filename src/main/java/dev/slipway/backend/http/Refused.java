package dev.slipway.backend.http;

import dev.slipway.api.ProblemDetail.FieldError;

import java.util.List;
import java.util.Map;

/// A request that is refused for a reason that the asker should know. Becomes problem+json; not
/// logged as a fault.
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String kind;
    private final transient List<FieldError> errors;
    private final transient Map<String, String> headers;

    /// @param kind the last part of the problem's type URI, for example `not-found`
    /// @param detail what was wrong, what is unchanged, what to do now
    public Refused(int status, String kind, String detail, List<FieldError> errors) {
        this(status, kind, detail, errors, Map.of());
    }

    /// @param headers sent with the answer, for example `Retry-After`
    public Refused(
            int status,
            String kind,
            String detail,
            List<FieldError> errors,
            Map<String, String> headers) {
        super(detail);
        this.status = status;
        this.kind = kind;
        this.errors = List.copyOf(errors);
        this.headers = Map.copyOf(headers);
    }

    public static Refused badRequest(String field, String message) {
        return new Refused(400, "bad-request", message, List.of(new FieldError(field, message)));
    }

    public static Refused notFound(String what, String id) {
        return new Refused(404, "not-found", "There is no " + what + " '" + id + "'.", List.of());
    }

    /// What was asked doesn't fit how things stand now.
    public static Refused conflict(String detail) {
        return new Refused(409, "conflict", detail, List.of());
    }

    public int status() {
        return status;
    }

    public String kind() {
        return kind;
    }

    public List<FieldError> errors() {
        return errors;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
