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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;

class MigrateCommandIT {
    private static final String PLAN =
            """
            name: names
            schema:
              sqlite:
                before: CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT
            steps:
              - name: people
                source: {table: people}
                target: person
                columns:
                  id: {type: integer, on-missing: quarantine}
                  name: {type: text, trim: both, max: 10, on-missing: quarantine}
            """;

    @TempDir Path folder;
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void fill() throws Exception {
        Files.writeString(folder.resolve("plan.yaml"), PLAN);
        try (var connection = DriverManager.getConnection(url("legacy"));
                var statement = connection.createStatement()) {
            statement.executeUpdate(
                    "CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT);"
                            + " INSERT INTO people VALUES (1, ' Ann '), (2, 'Bartholomew'), (3, NULL),"
                            + " (4, 'Cy')");
        }
    }

    @Test
    void writesAReportOfEveryStepAndValidation() throws Exception {
        assertThat(migrate("--source", url("legacy"), "--target", url("shop"))).isZero();

        JsonNode report = new ObjectMapper().readTree(folder.resolve("r.json").toFile());
        JsonNode step = report.get("steps").get(0);
        assertThat(step.get("name").asText()).isEqualTo("people");
        assertThat(step.get("read").asInt()).isEqualTo(4);
        assertThat(step.get("written").asInt()).isEqualTo(2);
        assertThat(step.get("merged").asInt()).isZero();
        assertThat(step.get("quarantined").asInt()).isEqualTo(2);
        assertThat(step.get("skipped").asInt()).isZero();
        assertThat(step.get("checksum").asText()).hasSize(16);
        assertThat(step.get("seconds").asDouble()).isPositive();
        assertThat(report.get("validated").asBoolean()).isTrue();
        assertThat(report.get("validations").findValuesAsText("name"))
                .contains("rows read", "rows written", "checksum", "sampled rows");
        assertThat(report.get("quarantine").findValuesAsText("reason"))
                .containsExactlyInAnyOrder("is 11 characters long, 10 are allowed", "is missing");
    }

    @Test
    void aDryRunTellsTheQuarantineAndWritesNothing() throws Exception {
        assertThat(migrate("--dry-run", "--source", url("legacy"), "--target", url("shop")))
                .isZero();

        JsonNode report = new ObjectMapper().readTree(folder.resolve("r.json").toFile());
        assertThat(report.get("dryRun").asBoolean()).isTrue();
        assertThat(report.get("steps").get(0).get("quarantined").asInt()).isEqualTo(2);
        assertThat(err.toString()).contains("would be quarantined: 1 rows of people, name: text");
        try (var connection = DriverManager.getConnection(url("shop"));
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM sqlite_schema")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getInt(1)).isZero();
        }
    }

    @Test
    void runAgainItChecksAgain() throws Exception {
        migrate("--source", url("legacy"), "--target", url("shop"));
        try (var connection = DriverManager.getConnection(url("shop"));
                var statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE person SET name = 'Anne' WHERE id = 1");
        }

        assertThat(migrate("--source", url("legacy"), "--target", url("shop"))).isEqualTo(1);
        assertThat(err.toString()).contains("person 1 (source 1), column name: is Anne");
    }

    @Test
    void aBadPlanIsToldWholeAndNothingIsWritten() throws Exception {
        Files.writeString(
                folder.resolve("plan.yaml"),
                PLAN.replace("table: people", "table: peple")
                        .replace("trim: both", "trimm: both")
                        .replace("type: integer", "type: intger"));

        assertThat(migrate("--source", url("legacy"), "--target", url("shop"))).isEqualTo(2);
        assertThat(err.toString())
                .contains("line 10")
                .contains("did you mean 'integer'?")
                .contains("did you mean 'trim'?");
        assertThat(folder.resolve("shop.db")).doesNotExist();
    }

    @Test
    void aPlanThatDoesNotFitTheDatabasesIsToldWhole() throws Exception {
        Files.writeString(
                folder.resolve("plan.yaml"),
                PLAN.replace("      name: {type", "      nam: {type")
                        .replace("table: people", "table: people, where: id >"));

        assertThat(migrate("--source", url("legacy"), "--target", url("shop"))).isEqualTo(2);
        assertThat(err.toString())
                .contains("line 11: the table 'person' has no column 'nam'; did you mean 'name'?")
                .contains("line 6: the table 'person' wants a value for 'name'");
    }

    @Test
    void aPasswordInAnAddressIsRefused() {
        int exit =
                migrate(
                        "--source",
                        "jdbc:mariadb://h/db?user=a&password=x",
                        "--target",
                        url("shop"));

        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).contains("--source-password-file");
    }

    @Test
    void aSourceThatIsNotThereIsToldWithoutATrace() {
        assertThat(migrate("--source", url("nowhere"), "--target", url("shop"))).isEqualTo(3);
        assertThat(err.toString()).contains("a database failed").doesNotContain("\tat ");
    }

    @Test
    void aRedRunIsToldFromAllElse() throws Exception {
        validatedLastWeek();
        change("UPDATE person SET name = 'Anne' WHERE id = 1");

        assertThat(migrate("--source", url("legacy"), "--target", url("shop"))).isEqualTo(1);

        JsonNode report = report("INVALID", 1);
        assertThat(report.get("reason").asText()).contains("red: people");
        assertThat(report.get("run").asText()).isNotEmpty();
    }

    @Test
    void aDatabaseThatFailsLeavesNoEarlierReport() throws Exception {
        validatedLastWeek();

        assertThat(migrate("--source", url("nowhere"), "--target", url("shop"))).isEqualTo(3);

        assertThat(report("FAILED", 3).get("reason").asText()).contains("a database failed");
    }

    /// What was copied until then is told.
    @Test
    void aTargetThatFailsOnTheWayIsReportedWithItsSteps() throws Exception {
        try (var connection = DriverManager.getConnection(url("legacy"));
                var statement = connection.createStatement()) {
            statement.executeUpdate(
                    "INSERT INTO people WITH RECURSIVE s (n) AS (SELECT 10 UNION ALL SELECT n + 1"
                            + " FROM s WHERE n < 30000) SELECT n, 'N' || n FROM s");
        }
        String small = url("shop") + "?max_page_count=60";

        assertThat(migrate("--source", url("legacy"), "--target", small)).isEqualTo(3);

        JsonNode report = report("FAILED", 3);
        assertThat(report.get("reason").asText()).contains("the target has no room left");
        assertThat(report.get("steps").findValuesAsText("name")).containsExactly("people");
        assertThat(report.get("plan").asText()).isEqualTo("names");
    }

    @Test
    void aRunThatMayNotGoOnLeavesNoEarlierReport() throws Exception {
        validatedLastWeek();
        Files.writeString(folder.resolve("plan.yaml"), "description: changed\n" + PLAN);

        assertThat(migrate("--source", url("legacy"), "--target", url("shop"))).isEqualTo(4);

        assertThat(report("FAILED", 4).get("reason").asText()).contains("the plan was changed");
    }

    /// Whoever ends it while it waits is told so too.
    @Test
    void aRunThatWaitsForItsWindowIsNoRedOne() throws Exception {
        validatedLastWeek();
        String day =
                LocalDate.now(ZoneOffset.UTC)
                        .plusDays(3)
                        .getDayOfWeek()
                        .getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
        Files.writeString(
                folder.resolve("plan.yaml"),
                PLAN
                        + "window: {zone: UTC, open: [{days: %s, from: \"00:00\", to: \"24:00\"}]}\n"
                                .formatted(day.toLowerCase(Locale.ROOT)));
        Thread.currentThread().interrupt();

        int exit = migrate("--source", url("legacy"), "--target", url("shop"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(exit).isEqualTo(4);
        assertThat(report("PAUSED", 4).get("reason").asText()).isNotEmpty();
    }

    @Test
    void aBadPlanAndNoPlanLeaveNoEarlierReport() throws Exception {
        validatedLastWeek();
        Files.writeString(
                folder.resolve("plan.yaml"), PLAN.replace("table: people", "table: peple"));
        assertThat(migrate("--source", url("legacy"), "--target", url("new"))).isEqualTo(2);
        assertThat(report("FAILED", 2).get("reason").asText()).contains("did you mean 'people'?");

        Files.delete(folder.resolve("plan.yaml"));
        assertThat(migrate("--source", url("legacy"), "--target", url("shop"))).isEqualTo(2);
        assertThat(report("FAILED", 2).get("reason").asText()).contains("can't read the plan");
    }

    /// As the command ends by a signal, it has no word to say: it must have been said before.
    @Test
    void whileItRunsTheReportSaysSo() throws Exception {
        validatedLastWeek();
        var reporting =
                new Reporting(
                        folder.resolve("r.json"),
                        "names",
                        false,
                        new Printer(new PrintWriter(err)),
                        java.time.InstantSource.system());

        reporting.begins();

        assertThat(report("RUNNING", 4).get("reason").asText()).contains("it was killed");
    }

    @Test
    void aReportThatCantBeWrittenIsToldBeforeAnythingIsDone() throws Exception {
        Files.createDirectory(folder.resolve("r.json"));

        assertThat(migrate("--source", url("legacy"), "--target", url("shop"))).isEqualTo(2);

        assertThat(err.toString()).contains("can't write the report").contains("nothing was done");
        assertThat(folder.resolve("shop.db")).doesNotExist();
    }

    @Test
    void helpListsTheExitCodes() {
        var out = new StringWriter();
        new CommandLine(new MigrateCommand()).setOut(new PrintWriter(out, true)).execute("--help");

        for (Ending ending : Ending.values()) {
            assertThat(out.toString()).containsPattern("(?m)^ +" + ending.code() + " +\\w");
        }
    }

    private void validatedLastWeek() throws Exception {
        assertThat(migrate("--source", url("legacy"), "--target", url("shop"))).isZero();
        report("VALIDATED", 0);
    }

    /// Also that nothing is left beside it.
    private JsonNode report(String state, int exit) throws Exception {
        JsonNode report = new ObjectMapper().readTree(folder.resolve("r.json").toFile());
        assertThat(report.get("state").asText()).isEqualTo(state);
        assertThat(report.get("exitCode").asInt()).isEqualTo(exit);
        assertThat(report.get("validated").asBoolean()).isEqualTo(state.equals("VALIDATED"));
        try (var files = Files.list(folder)) {
            assertThat(files.filter(f -> f.toString().contains("r.json"))).hasSize(1);
        }
        return report;
    }

    private void change(String sql) throws Exception {
        try (var connection = DriverManager.getConnection(url("shop"));
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private String url(String name) {
        return "jdbc:sqlite:" + folder.resolve(name + ".db");
    }

    private int migrate(String... more) {
        var all = new java.util.ArrayList<String>();
        all.add("--plan");
        all.add(folder.resolve("plan.yaml").toString());
        all.add("--report");
        all.add(folder.resolve("r.json").toString());
        all.addAll(java.util.List.of(more));
        return new CommandLine(new MigrateCommand())
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler(
                        (e, command, _) -> {
                            if (e instanceof dev.slipway.config.BadFile) {
                                command.getErr().println(e.getMessage());
                                return 2;
                            }
                            throw e;
                        })
                .execute(all.toArray(String[]::new));
    }
}
