package dev.slipway.api.access;

/// The body of `POST /api/v1/session`.
public record Credentials(String user, String password) {

    /// Leaves the password out: a record's text ends up in logs.
    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}
