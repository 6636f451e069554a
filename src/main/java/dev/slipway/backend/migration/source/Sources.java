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
        if (url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:")) {
            String mariadb = url.replaceFirst("^jdbc:mysql:", "jdbc:mariadb:");
            return MariaDbSource.open(mariadb, database.user(), database.password());
        }
        throw new SQLException(
                "a source must be jdbc:sqlite:, jdbc:mariadb: or jdbc:mysql:, not " + url);
    }
}
