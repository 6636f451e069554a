package dev.slipway.backend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A migration whose process is killed at random ends as if nothing had happened. Nothing in the
/// target forbids a doubled row: `twice` numbers its rows itself.
///
/// `-Dslipway.kills=20` kills it more often.
class KilledMigrationIT {
    private static final int ROWS = 30_000;
    private static final int CHUNKS = ROWS / 500 + ROWS / 300;
    private static final int KILLS = Integer.getInteger("slipway.kills", 4);
    private static final String PLAN =
            """
            name: killed
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

    @TempDir Path folder;
    private int bad;

    @BeforeEach
    void fill() throws Exception {
        Files.writeString(folder.resolve("plan.yaml"), PLAN);
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
        bad = ROWS / 97;
    }

    @Test
    void endsAsIfNothingHadHappened() throws Exception {
        assertThat(start("undisturbed").waitFor(120, TimeUnit.SECONDS)).isTrue();
        var random = new Random(System.nanoTime());
        int killed = 0;
        for (int i = 0; i < KILLS; i++) {
            long until = chunksDone() + random.nextLong(CHUNKS / (KILLS + 1));
            Process process = start("killed");
            while (process.isAlive() && chunksDone() <= until) {
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(1, 10)).toNanos());
            }
            killed += process.isAlive() ? 1 : 0;
            process.destroyForcibly();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(killed).isPositive();
        Process last = start("killed");
        assertThat(last.waitFor(120, TimeUnit.SECONDS)).isTrue();

        System.out.println("killed " + killed + " times of " + KILLS);
        assertThat(last.exitValue()).isZero();
        assertThat(checksums("killed")).isEqualTo(checksums("undisturbed"));
        assertThat(number("SELECT count(*) FROM twice")).isEqualTo(ROWS - bad);
        assertThat(number("SELECT count(DISTINCT source_id) FROM twice")).isEqualTo(ROWS - bad);
        assertThat(number("SELECT count(*) FROM owner")).isEqualTo(5_000);
        assertThat(number("SELECT count(DISTINCT name) FROM owner")).isEqualTo(5_000);
        assertThat(number("SELECT count(*) FROM slipway_quarantine")).isEqualTo(bad);
        assertThat(number("SELECT max(id) FROM twice")).isEqualTo(ROWS - bad);
    }

    private long chunksDone() {
        try {
            return number("SELECT count(*) FROM slipway_chunk WHERE done = 1");
        } catch (SQLException e) {
            // not there yet, or just being made
            return 0;
        }
    }

    private List<String> checksums(String name) throws Exception {
        return new ObjectMapper()
                .readTree(folder.resolve(name + ".json").toFile())
                .get("steps")
                .findValuesAsText("checksum");
    }

    private long number(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url("killed"));
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private String url(String name) {
        return "jdbc:sqlite:" + folder.resolve(name + ".db");
    }

    private Process start(String name) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        MigrateProcess.class.getName(),
                        "--plan",
                        folder.resolve("plan.yaml").toString(),
                        "--source",
                        url("legacy"),
                        "--target",
                        url(name),
                        "--report",
                        folder.resolve(name + ".json").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }
}
