package dev.slipway.config;

/// Where a database is and who asks it.
///
/// @param url a JDBC URL without user and password
/// @param user empty if the database wants none
/// @param password empty if it wants none
public record Database(String url, String user, String password) {

    /// Leaves the password out: a record's text ends up in logs.
    @Override
    public String toString() {
        return "Database[url=" + url + ", user=" + user + "]";
    }
}
