package dev.slipway.backend.migration.source;

import dev.slipway.config.Database;

import java.sql.SQLException;

/// Opens a source by its JDBC URL.
public final class Sources {
    private Sources() {}

    /// @throws SQLException if the engine is not known or does not answer
    public static Source open(Database database) throws SQLException {
        String url = database.url();
        if (url.startsWith("jdbc:sqlite:")) {
            return SqliteSource.open(url);
        }
        if (ofMariaDb(url)) {
            return MariaDbSource.open(mariaDb(url), database.user(), database.password());
        }
        throw new SQLException(
                "a source must be jdbc:sqlite:, jdbc:mariadb: or jdbc:mysql:, not " + url);
    }

    /// Asks a replica how it fares; nothing is connected before the first question.
    ///
    /// @throws SQLException if the engine is not known
    public static Vitals vitals(Database database) throws SQLException {
        if (!ofMariaDb(database.url())) {
            throw new SQLException(
                    "a replica must be jdbc:mariadb: or jdbc:mysql:, not " + database.url());
        }
        String url = mariaDb(database.url());
        return new MariaDbVitals(
                url, MariaDbSource.properties(database.user(), database.password()));
    }

    private static boolean ofMariaDb(String url) {
        return url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:");
    }

    private static String mariaDb(String url) {
        return url.replaceFirst("^jdbc:mysql:", "jdbc:mariadb:");
    }
}
