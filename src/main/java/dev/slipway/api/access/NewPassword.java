package dev.slipway.api.access;

/// The body of `PUT /api/v1/session/password`.
public record NewPassword(String current, String wanted) {

    /// Leaves the passwords out: a record's text ends up in logs.
    @Override
    public String toString() {
        return "NewPassword[]";
    }
}
