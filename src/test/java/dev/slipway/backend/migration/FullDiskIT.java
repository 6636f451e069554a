package dev.slipway.backend.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.api.migration.RunState;
import dev.slipway.backend.migration.command.MigrateCommand;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.engine.Control;
import dev.slipway.backend.migration.engine.Engine;
import dev.slipway.backend.migration.engine.Listener;
import dev.slipway.backend.migration.engine.Outcome;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.config.Database;
import dev.slipway.testing.Postgres;
import dev.slipway.testing.SmallDisk;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;

/// No room is left where the target is: a clear word, whole chunks only, and it goes on once there
/// is room.
class FullDiskIT {
    private static final int ROWS = Integer.getInteger("slipway.rows", 6_000);

    private static final String PLAN =
            """
            name: full-disk
            source: legacy
            target: shop
            schema:
              sqlite:
                before: CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT
              postgresql:
                before: CREATE TABLE t (id bigint PRIMARY KEY, name text NOT NULL)
                after: CREATE INDEX t_name ON t (name)
            steps:
              - name: things
                source: {table: thing}
                target: t
                chunk-rows: 200
                columns:
                  id: {type: integer, on-missing: quarantine}
                  name: {type: text, on-missing: quarantine}
            """;

    @TempDir Path folder;
    private final Worker worker = new Worker("here");

    @BeforeEach
    void fill() throws Exception {
        try (var connection = DriverManager.getConnection(source().url());
                var statement = connection.createStatement()) {
            statement.executeUpdate(
                    "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT);"
                            + "INSERT INTO thing WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1"
                            + " FROM s WHERE n < "
                            + ROWS
                            + ") SELECT n, hex(randomblob(100)) FROM s");
        }
    }

    /// SQLite says that its disk is full when a file may not grow.
    @Test
    void sqlite() throws Exception {
        String url = "jdbc:sqlite:" + folder.resolve("shop.db");
        // pages of 4 KB: half of what it takes
        var small = new Database(url + "?max_page_count=" + ROWS / 30, "", "");
        SQLException full = catchThrowableOfType(SQLException.class, () -> run(small));

        clear(full, "database or disk is full");
        var roomy = new Database(url, "", "");
        try (var connection = DriverManager.getConnection(url)) {
            wholeChunksOnly(connection, "slipway_chunk");
        }
        goesOn(roomy);
    }

    @Test
    void theCommandSaysWhatToDo() throws Exception {
        Path plan = folder.resolve("plan.yaml");
        Files.writeString(plan, PLAN);
        var err = new StringWriter();

        int exit =
                new CommandLine(new MigrateCommand())
                        .setErr(new PrintWriter(err, true))
                        .execute(
                                "--plan",
                                plan.toString(),
                                "--source",
                                source().url(),
                                "--target",
                                "jdbc:sqlite:"
                                        + folder.resolve("shop.db")
                                        + "?max_page_count="
                                        + ROWS / 30);

        assertThat(exit).isEqualTo(3);
        assertThat(err.toString())
                .contains("the target has no room left")
                .contains("what was copied stands; the same command goes on from there")
                .doesNotContain("\tat ");
    }

    /// A tablespace on a file system of a few megabytes.
    @Test
    void postgresOnASmallDisk() throws Exception {
        try (var disk = SmallDisk.mount(folder.resolve("disk"), 24)) {
            Database target = Postgres.fresh();
            String name = Path.of(target.url().replace("jdbc:", "")).getFileName().toString();
            try (var connection =
                            Postgres.connect(
                                    new Database(
                                            target.url().replace("/" + name, "/postgres"),
                                            target.user(),
                                            target.password()));
                    var statement = connection.createStatement()) {
                statement.execute(
                        "CREATE TABLESPACE %s_small LOCATION '%s'"
                                .formatted(
                                        name, Files.createDirectory(disk.folder().resolve("pg"))));
                statement.execute(
                        "ALTER DATABASE %s SET TABLESPACE %s_small".formatted(name, name));
            }
            disk.fill(1_000_000);
            SQLException full = catchThrowableOfType(SQLException.class, () -> run(target));

            clear(full, "No space left on device");
            try (var connection = Postgres.connect(target)) {
                wholeChunksOnly(connection, "slipway_ledger.chunk");
            }
            disk.makeRoom();
            goesOn(target);
            try (var connection =
                            Postgres.connect(
                                    new Database(
                                            target.url().replace("/" + name, "/postgres"),
                                            target.user(),
                                            target.password()));
                    var statement = connection.createStatement()) {
                statement.execute("DROP DATABASE %s WITH (FORCE)".formatted(name));
                statement.execute("DROP TABLESPACE %s_small".formatted(name));
            }
        }
    }

    /// Where no small disk can be made: PostgreSQL's own error, raised where it would be, after so
    /// many rows.
    @Test
    void postgresBySayingSo() throws Exception {
        Database target = Postgres.fresh();
        try (var connection = Postgres.connect(target);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id bigint PRIMARY KEY, name text NOT NULL)");
            statement.execute(
                    """
                    CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                      IF new.id > %d THEN RAISE EXCEPTION USING ERRCODE = 'disk_full',
                        MESSAGE = 'could not extend file "base/1/2": No space left on device',
                        HINT = 'Check free disk space.'; END IF;
                      RETURN new; END $$"""
                            .formatted(ROWS / 2 + 50));
            statement.execute(
                    "CREATE TRIGGER full_disk BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION"
                            + " full_disk()");
        }
        SQLException full = catchThrowableOfType(SQLException.class, () -> run(target));

        clear(full, "No space left on device");
        try (var connection = Postgres.connect(target);
                var statement = connection.createStatement()) {
            assertThat(wholeChunksOnly(connection, "slipway_ledger.chunk")).isEqualTo(ROWS / 2);
            statement.execute("DROP TRIGGER full_disk ON t");
        }
        goesOn(target);
    }

    /// What, where, what is unchanged, what to do.
    private static void clear(SQLException full, String engine) {
        assertThat(Objects.requireNonNull(full).getMessage())
                .contains("the target has no room left")
                .contains(engine)
                .contains("make room")
                .contains("all chunks that had ended stand")
                .doesNotContain("\n");
    }

    /// @return how many rows stand
    private static long wholeChunksOnly(Connection connection, String chunks) throws SQLException {
        long rows = Long.parseLong(PlanRun.ask(connection, "SELECT count(*) FROM t"));
        String told =
                PlanRun.ask(
                        connection,
                        "SELECT coalesce(sum(rows_written), 0), coalesce(sum(rows_quarantined), 0)"
                                + " FROM "
                                + chunks
                                + " WHERE done = 1");
        assertThat(told).isEqualTo(rows + "|0");
        assertThat(rows).isPositive().isLessThan(ROWS);
        return rows;
    }

    private void goesOn(Database target) throws Exception {
        Outcome outcome = run(target);

        assertThat(outcome.reason()).isEmpty();
        assertThat(outcome.state()).isEqualTo(RunState.VALIDATED);
        assertThat(outcome.steps().getFirst().written()).isEqualTo(ROWS);
        try (var from = DriverManager.getConnection(source().url());
                var to =
                        DriverManager.getConnection(
                                target.url(), target.user(), target.password())) {
            assertThat(PlanRun.ask(to, "SELECT count(*), min(name), max(name) FROM t"))
                    .isEqualTo(
                            PlanRun.ask(from, "SELECT count(*), min(name), max(name) FROM thing"));
        }
    }

    private Outcome run(Database target) throws Exception {
        var plan = PlanReader.read("full-disk.yaml", PLAN, folder);
        try (var from = Sources.open(source());
                var to = Targets.open(target)) {
            return new Engine(
                            plan,
                            from,
                            to,
                            Converters.STANDARD,
                            Listener.NONE,
                            Control.GO_ON,
                            InstantSource.system(),
                            worker)
                    .hands(2)
                    .run(UUID.randomUUID().toString());
        }
    }

    private Database source() {
        return new Database("jdbc:sqlite:" + folder.resolve("legacy.db"), "", "");
    }
}
