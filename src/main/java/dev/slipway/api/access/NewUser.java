package dev.slipway.api.access;

/// The body of `POST /api/v1/users`.
public record NewUser(String name, Role role, String password) {

    /// Leaves the password out: a record's text ends up in logs.
    @Override
    public String toString() {
        return "NewUser[name=" + name + ", role=" + role + "]";
    }
}
