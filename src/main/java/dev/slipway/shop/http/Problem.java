package dev.slipway.shop.http;

/// A request that can't be answered, for a reason that the asker should know. Becomes problem+json.
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String kind;

    /// @param kind the last part of the problem's type URI, for example `not-found`
    /// @param detail what was wrong and what to do now
    public Problem(int status, String kind, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.kind = kind;
    }

    public static Problem badRequest(String detail) {
        return new Problem(400, "bad-request", detail);
    }

    public static Problem notFound(String what, Object id) {
        return new Problem(404, "not-found", "There is no " + what + " " + id + ".");
    }

    /// The request is well formed, but what it asks for can't be done.
    public static Problem notPossible(String detail) {
        return new Problem(422, "not-possible", detail);
    }

    public static Problem unavailable(String detail) {
        return new Problem(503, "unavailable", detail);
    }

    public int status() {
        return status;
    }

    public String kind() {
        return kind;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
