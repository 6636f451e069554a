package dev.slipway.backend.migration.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.backend.migration.plan.SourceQuery;
import dev.slipway.config.Database;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;

/// An SQLite table that declares no key has one all the same.
class KeylessSqliteIT {
    @TempDir Path folder;

    @Test
    void itsRowsAreReadInTheOrderInWhichTheyCame() throws Exception {
        var database = new Database("jdbc:sqlite:" + folder.resolve("shop.db"), "", "");
        try (var connection = DriverManager.getConnection(database.url());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE note (text TEXT)");
            statement.execute("INSERT INTO note VALUES ('b'), (NULL), ('a')");
        }
        try (var source = Sources.open(database)) {
            for (String where : List.of("", "text IS NOT NULL")) {
                var query = new SourceQuery(1, "note", "", where);
                var table = source.describe(query);
                var reading = new Reading(query, table.columns(), table.unique().getFirst());

                Extent extent = source.extent(reading);

                assertThat(extent.last()).containsExactly("3");
                assertThat(source.read(reading, KeyRange.ALL, 10))
                        .hasSize(where.isEmpty() ? 3 : 2)
                        .allMatch(row -> row.length == table.columns().size());
            }
        }
    }
}
