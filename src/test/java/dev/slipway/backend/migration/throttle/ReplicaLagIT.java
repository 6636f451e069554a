package dev.slipway.backend.migration.throttle;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.plan.Window;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.config.Database;
import dev.slipway.testing.KillableMariaDb;
import dev.slipway.testing.MariaDb;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;

/// A replica of a real MariaDB that falls behind, stands still, and catches up.
class ReplicaLagIT {
    private static final String PLAN =
            """
            name: gentle
            throttle: {replica-lag: 1 s, replicas: [copy]}
            steps: [{name: people, source: {table: people}, target: person,
              columns: {id: {type: integer, on-missing: quarantine}}}]
            """;

    @TempDir Path folder;

    @Test
    void aReplicaThatIsTooFarBehindIsWaitedFor() throws Exception {
        try (var primary = KillableMariaDb.start(Files.createDirectory(folder.resolve("primary")));
                var replica =
                        KillableMariaDb.start(Files.createDirectory(folder.resolve("replica")))) {
            String table = "CREATE TABLE people (id INT PRIMARY KEY)";
            execute(primary.database(), table);
            execute(replica.database(), table, follow(primary.database(), 3_600), "START SLAVE");
            try (var source = Sources.open(primary.database());
                    var brake =
                            new Brakes(InstantSource.system(), _ -> replica.database(), null)
                                    .of(Window.ALWAYS, plan(), source)) {
                eventually("nothing to wait for", () -> said(brake).isEmpty());

                execute(primary.database(), "INSERT INTO people VALUES (1)");
                eventually(
                        "behind",
                        () -> said(brake).matches("replica lag of copy \\d+ s is above 1 s"));

                execute(replica.database(), "STOP SLAVE SQL_THREAD");
                eventually("still", () -> said(brake).contains("replication stands still"));

                execute(
                        replica.database(),
                        "STOP SLAVE",
                        "CHANGE MASTER TO MASTER_DELAY = 0",
                        "START SLAVE");
                eventually("caught up", () -> said(brake).isEmpty());
            }
        }
    }

    private static String follow(Database primary, int delaySeconds) throws SQLException {
        try (var connection = MariaDb.connect(primary);
                var statement = connection.createStatement();
                var at = statement.executeQuery("SHOW MASTER STATUS")) {
            assertThat(at.next()).isTrue();
            return """
            CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = %s, MASTER_USER = 'root',
              MASTER_PASSWORD = '', MASTER_LOG_FILE = '%s', MASTER_LOG_POS = %s,
              MASTER_CONNECT_RETRY = 1, MASTER_SSL = 0, MASTER_DELAY = %d"""
                    .formatted(
                            primary.url().replaceAll(".*:(\\d+)/.*", "$1"),
                            at.getString("File"),
                            at.getString("Position"),
                            delaySeconds);
        }
    }

    private static String said(Brake brake) {
        return switch (brake.word()) {
            case Gate.Word.Go() -> "";
            case Gate.Word.Wait(var waiting) -> waiting.reason();
            case Gate.Word.Closed(var waiting) -> waiting.reason();
        };
    }

    private static void execute(Database database, String... all) throws SQLException {
        try (var connection = MariaDb.connect(database);
                var statement = connection.createStatement()) {
            for (String sql : all) {
                statement.execute(sql);
            }
        }
    }

    private MigrationPlan plan() {
        return PlanReader.read("gentle.yaml", PLAN, folder);
    }
}
