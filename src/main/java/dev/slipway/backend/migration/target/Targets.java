package dev.slipway.backend.migration.target;

import dev.slipway.config.Database;

import java.sql.SQLException;

/// Opens a target by its JDBC URL.
public final class Targets {
    private Targets() {}

    /// @throws SQLException if the engine is not known or does not answer
    public static Target open(Database database) throws SQLException {
        return open(database, false);
    }

    /// Opens a target on which nothing lasts: when it is closed, it is as it was.
    public static Target rehearsing(Database database) throws SQLException {
        return open(database, true);
    }

    private static Target open(Database database, boolean rehearsing) throws SQLException {
        String url = database.url();
        if (url.startsWith("jdbc:sqlite:")) {
            return rehearsing ? SqliteTarget.rehearsing(url) : SqliteTarget.open(url);
        }
        if (url.startsWith("jdbc:postgresql:")) {
            return PostgresTarget.open(url, database.user(), database.password(), rehearsing);
        }
        throw new SQLException("a target must be jdbc:sqlite: or jdbc:postgresql:, not " + url);
    }

    /// Opens a target to look at it: no writer has to wait.
    public static Target reading(Database database) throws SQLException {
        return database.url().startsWith("jdbc:sqlite:")
                ? SqliteTarget.reading(database.url())
                : open(database);
    }
}
