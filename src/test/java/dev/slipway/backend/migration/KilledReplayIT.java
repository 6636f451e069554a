package dev.slipway.backend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testing.Kills;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A replay that is killed at random, and begun again, ends as if nothing had happened. Nothing in
/// the target forbids a doubled row: it numbers its rows itself.
class KilledReplayIT {
    private static final int ROWS = 20_000;
    private static final String PLAN =
            """
            name: killed-replay
            schema:
              sqlite:
                before: |
                  CREATE TABLE item (id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL,
                    cents INTEGER NOT NULL) STRICT;
            steps:
              - name: items
                source: {table: item}
                target: item
                chunk-rows: 300
                match: {id: {columns: [id], normal: [trim]}}
                columns:
                  id: {type: generated}
                  source_id: {type: integer, from: id, on-missing: quarantine}
                  cents: {type: money, from: price, store: minor, on-missing: quarantine}
            """;

    @TempDir Path folder;
    private final Random random = Kills.random(getClass());

    @Test
    void endsAsIfNothingHadHappened() throws Exception {
        Files.writeString(folder.resolve("plan.yaml"), PLAN);
        fill();
        assertThat(end(slipway(false))).isZero();
        assertThat(
                        end(
                                slipway(
                                        true,
                                        "correct",
                                        "--step",
                                        "items",
                                        "--source-column",
                                        "price",
                                        "--from",
                                        "none",
                                        "--to",
                                        "1,50")))
                .isZero();
        int kills = Kills.number(2);
        int killed = 0;
        for (int i = 0; i < kills; i++) {
            long until = written() + random.nextLong(ROWS / (kills + 1));
            Process process = slipway(true, "replay");
            while (process.isAlive() && written() <= until) {
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(1, 10)).toNanos());
            }
            killed += process.isAlive() ? 1 : 0;
            process.destroyForcibly();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertConserved();
        }
        System.out.println("killed 'replay' " + killed + " times of " + kills);
        assertThat(killed).isPositive();

        assertThat(end(slipway(true, "replay"))).isZero();

        assertConserved();
        assertThat(written()).isEqualTo(ROWS);
        assertThat(number("SELECT count(DISTINCT source_id) FROM item")).isEqualTo(ROWS);
        assertThat(number("SELECT sum(cents) FROM item")).isEqualTo(150L * ROWS);
        assertThat(number("SELECT max(id) FROM item")).isEqualTo(ROWS);
        assertThat(number("SELECT sum(written) FROM slipway_replay")).isEqualTo(ROWS);
        assertThat(number("SELECT count(*) FROM slipway_run WHERE state = 'VALIDATED'")).isOne();
        assertThat(end(slipway(false))).isZero();
    }

    private void fill() throws SQLException {
        try (var connection = DriverManager.getConnection(url("legacy"))) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.executeUpdate("CREATE TABLE item (id INTEGER PRIMARY KEY, price TEXT)");
                statement.executeUpdate(
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                                + ROWS
                                + ") INSERT INTO item SELECT i, 'none' FROM n");
            }
            connection.commit();
        }
    }

    /// In every chunk, in the quarantine beside them, and in the table itself.
    private void assertConserved() throws SQLException {
        assertThat(
                        number(
                                "SELECT count(*) FROM slipway_chunk c WHERE rows_read <>"
                                        + " rows_written + rows_merged + rows_quarantined + rows_skipped"
                                        + " OR rows_quarantined <> (SELECT count(*) FROM"
                                        + " slipway_quarantine q WHERE q.chunk = c.number AND"
                                        + " q.state <> 'RESOLVED')"))
                .isZero();
        assertThat(number("SELECT sum(rows_written) FROM slipway_chunk")).isEqualTo(written());
    }

    private long written() throws SQLException {
        return number("SELECT count(*) FROM item");
    }

    private long number(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url("shop"));
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private String url(String name) {
        return "jdbc:sqlite:" + folder.resolve(name + ".db");
    }

    private static int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private Process slipway(boolean quarantine, String... more) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Xmx256m",
                                "-XX:TieredStopAtLevel=1",
                                "-classpath",
                                System.getProperty("java.class.path"),
                                MigrateProcess.class.getName()));
        if (quarantine) {
            command.add("quarantine");
        }
        command.addAll(List.of(more));
        command.addAll(
                List.of("--plan", folder.resolve("plan.yaml").toString(), "--target", url("shop")));
        if (!quarantine || more[0].equals("replay")) {
            command.addAll(List.of("--source", url("legacy")));
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }
}
