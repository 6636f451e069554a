package dev.slipway.backend.migration.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;

/// `slipway migrate sync` by its options, exit codes and words.
class SyncCommandIT {
    private static final String PLAN =
            """
            name: names
            schema:
              sqlite:
                before: |
                  CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
                  CREATE TABLE town (id INTEGER PRIMARY KEY, people INTEGER NOT NULL) STRICT;
                  CREATE TABLE pair (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
            steps:
              - name: people
                source: {table: people}
                target: person
                columns:
                  id: {type: integer, on-missing: quarantine}
                  name: {type: text, trim: both, on-missing: quarantine}
              - name: towns
                source: {sql: "SELECT town, count(*) AS n FROM people GROUP BY town"}
                key: town
                target: town
                columns:
                  id: {type: integer, from: town, on-missing: quarantine}
                  people: {type: integer, from: n, on-missing: quarantine}
              - name: pairs
                source: {sql: "SELECT p.id AS id, q.name AS name FROM people p JOIN people q ON q.id = p.id + 1"}
                key: id
                target: pair
                columns:
                  id: {type: integer, on-missing: quarantine}
                  name: {type: text, on-missing: quarantine}
            """;

    @TempDir Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void fill() throws Exception {
        Files.writeString(folder.resolve("plan.yaml"), PLAN);
        change(
                "CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, town INTEGER)",
                "INSERT INTO people VALUES (1, 'Ann', 7), (2, 'Bo', 7), (3, 'Cy', 8)");
    }

    @Test
    void saysForEachStepHowItsChangesAreFound() {
        assertThat(sync("--check")).isZero();

        assertThat(out.toString())
                .contains("line 9: people: row by row, by id of people")
                .contains("line 15: towns: read again by key, by town of people")
                .contains(
                        "line 22: pairs: read again by id of people; after any change of people the"
                                + " whole step is read again");
    }

    @Test
    void aStepThatCannotBeSyncedIsNamedWithItsLine() throws Exception {
        Files.writeString(
                folder.resolve("plan.yaml"), PLAN.replace("SELECT p.id AS", "SELECT p.id + 1 AS"));

        assertThat(sync("--check")).isEqualTo(1);
        assertThat(out.toString()).contains("line 22: pairs: not synced: its key 'id' is computed");
    }

    @Test
    void bringsWhatChangedAndReportsIt() throws Exception {
        assertThat(sync("--install-triggers")).isZero();
        assertThat(out.toString())
                .contains("CREATE TRIGGER \"slipway_people_delete\" AFTER DELETE ON \"people\"");
        assertThat(migrate()).isZero();
        change(
                "UPDATE people SET name = ' Annie ', town = 8 WHERE id = 1",
                "DELETE FROM people WHERE id = 2",
                "INSERT INTO people VALUES (4, 'Di', 9)");

        assertThat(sync("--until-caught-up", "--report", folder.resolve("s.json").toString()))
                .as(err.toString())
                .isZero();

        assertThat(rows("SELECT id || ' ' || name FROM person ORDER BY id"))
                .containsExactly("1 Annie", "3 Cy", "4 Di");
        assertThat(rows("SELECT id || ' ' || people FROM town ORDER BY id"))
                .containsExactly("8 2", "9 1");
        assertThat(rows("SELECT id || ' ' || name FROM pair ORDER BY id")).containsExactly("3 Di");
        JsonNode report = new ObjectMapper().readTree(folder.resolve("s.json").toFile());
        assertThat(report.get("sync").get("phase").asText()).isEqualTo("CURRENT");
        assertThat(report.get("sync").get("behindSeconds").asInt()).isZero();
        assertThat(report.get("sync").get("changes").asInt()).isEqualTo(4);
    }

    @Test
    void withoutTriggersItSaysWhatToDo() {
        assertThat(migrate()).isZero();

        assertThat(sync("--until-caught-up")).isEqualTo(4);
        assertThat(err.toString())
                .contains("the triggers that would fill the table slipway_change are not installed")
                .contains("--anew");
    }

    /// A nightly job never reads that of another night.
    @Test
    void howeverItEndsItsReportSaysSo() throws Exception {
        assertThat(sync("--install-triggers")).isZero();
        assertThat(migrate()).isZero();
        String report = folder.resolve("s.json").toString();
        assertThat(sync("--until-caught-up", "--report", report)).isZero();
        reported(0, "");

        rows("UPDATE person SET name = 'Anne' WHERE id = 1 RETURNING id");
        assertThat(sync("--until-caught-up", "--report", report)).isEqualTo(1);
        reported(1, "rows of the target are not what they must be");

        change("DELETE FROM slipway_change", "DROP TABLE slipway_change");
        assertThat(sync("--until-caught-up", "--report", report)).isNotIn(0, 1);
        assertThat(reported().get("reason").asText()).isNotEmpty();

        Files.move(folder.resolve("legacy.db"), folder.resolve("elsewhere.db"));
        assertThat(sync("--until-caught-up", "--report", report)).isEqualTo(3);
        assertThat(reported().get("reason").asText()).contains("a database failed");

        Files.writeString(folder.resolve("plan.yaml"), PLAN.replace("columns:", "colums:"));
        assertThat(sync("--until-caught-up", "--report", report)).isNotZero();
        assertThat(reported().get("exitCode").asInt()).isEqualTo(2);
        assertThat(reported().get("reason").asText()).contains("did you mean 'columns'?");
    }

    private void reported(int exit, String reason) throws Exception {
        assertThat(reported().get("exitCode").asInt()).isEqualTo(exit);
        assertThat(reported().get("reason").asText()).isEqualTo(reason);
    }

    private JsonNode reported() throws Exception {
        return new ObjectMapper().readTree(folder.resolve("s.json").toFile());
    }

    @Test
    void triggersAreRemovedWithoutATrace() throws Exception {
        assertThat(sync("--install-triggers")).isZero();
        assertThat(sync("--remove-triggers")).isZero();

        try (var connection = DriverManager.getConnection(url("legacy"));
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'slipway%'")) {
            assertThat(row.getInt(1)).isZero();
        }
    }

    @Test
    void wrongArgumentsAreTold() {
        assertThat(new CommandLine(new MigrateCommand()).execute("sync")).isEqualTo(2);
    }

    private int sync(String... more) {
        List<String> arguments = new ArrayList<>(List.of("sync"));
        arguments.addAll(databases());
        arguments.addAll(List.of(more));
        return run(arguments);
    }

    private int migrate() {
        return run(databases());
    }

    private List<String> databases() {
        return List.of(
                "--plan",
                folder.resolve("plan.yaml").toString(),
                "--source",
                url("legacy"),
                "--target",
                url("shop"));
    }

    private int run(List<String> arguments) {
        return new CommandLine(new MigrateCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private void change(String... statements) throws Exception {
        try (var connection = DriverManager.getConnection(url("legacy"));
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        }
    }

    private List<String> rows(String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        try (var connection = DriverManager.getConnection(url("shop"));
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }

    private String url(String name) {
        return "jdbc:sqlite:" + folder.resolve(name + ".db");
    }
}
