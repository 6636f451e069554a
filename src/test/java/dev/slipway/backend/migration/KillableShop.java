package dev.slipway.backend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/// A migration to be killed. Nothing in its target forbids a doubled row: `twice` numbers its rows
/// itself.
final class KillableShop {
    static final int ROWS = 30_000;
    static final int CHUNKS = ROWS / 500 + ROWS / 300;

    private static final String PLAN =
            """
            name: killed
            source: legacy
            target: TARGET
            schema:
              sqlite:
                before: |
                  CREATE TABLE owner (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
                  CREATE TABLE twice (id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL,
                    source_id INTEGER NOT NULL, cents INTEGER NOT NULL) STRICT;
            steps:
              - name: owners
                source: {table: item}
                target: owner
                chunk-rows: 500
                match: {name: {columns: [owner], normal: [trim, lower]}}
                merge: name
                columns:
                  id: {type: generated}
                  name: {type: text, from: owner, trim: both, case: lower, on-missing: quarantine}
              - name: items
                source: {table: item}
                target: twice
                chunk-rows: 300
                columns:
                  id: {type: generated}
                  owner_id: {type: lookup, from: owner, step: owners, by: name, on-missing: quarantine}
                  source_id: {type: integer, from: id, on-missing: quarantine}
                  cents: {type: money, from: price, store: minor, on-missing: quarantine}
            """;

    private static final int BAD = ROWS / 97;
    private final Path folder;

    KillableShop(Path folder) throws SQLException {
        this.folder = folder;
        try (var connection = DriverManager.getConnection(url("legacy"))) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.executeUpdate(
                        "CREATE TABLE item (id INTEGER PRIMARY KEY, owner TEXT, price TEXT)");
            }
            try (var insert = connection.prepareStatement("INSERT INTO item VALUES (?, ?, ?)")) {
                for (int id = 1; id <= ROWS; id++) {
                    insert.setInt(1, id);
                    insert.setString(2, (id % 3 == 0 ? "OWNER " : " owner ") + id % 5_000);
                    insert.setString(3, id % 97 == 0 ? "none" : id % 1_000 + ",25");
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            connection.commit();
        }
    }

    static String plan(String target) {
        return PLAN.replace("TARGET", target).replace("name: killed", "name: " + target);
    }

    /// The same in chunks so small that it takes its time.
    static String slowPlan(String target) {
        return plan(target)
                .replace("chunk-rows: 500", "chunk-rows: 50")
                .replace("chunk-rows: 300", "chunk-rows: 30");
    }

    String url(String name) {
        return "jdbc:sqlite:" + folder.resolve(name + ".db");
    }

    long chunksDone(String target) {
        try {
            return number(target, "SELECT count(*) FROM slipway_chunk WHERE done = 1");
        } catch (SQLException e) {
            // not there yet, or just being made
            return 0;
        }
    }

    void assertNothingLostOrDoubled(String target) throws SQLException {
        assertThat(number(target, "SELECT count(*) FROM twice")).isEqualTo(ROWS - BAD);
        assertThat(number(target, "SELECT count(DISTINCT source_id) FROM twice"))
                .isEqualTo(ROWS - BAD);
        assertThat(number(target, "SELECT count(*) FROM owner")).isEqualTo(5_000);
        assertThat(number(target, "SELECT count(DISTINCT name) FROM owner")).isEqualTo(5_000);
        assertThat(number(target, "SELECT count(*) FROM slipway_quarantine")).isEqualTo(BAD);
        assertThat(number(target, "SELECT max(id) FROM twice")).isEqualTo(ROWS - BAD);
    }

    private long number(String name, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url(name));
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
