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
        assertThat(migrate("--source", url("nowhere"), "--target", url("shop"))).isEqualTo(1);
        assertThat(err.toString()).contains("a database failed").doesNotContain("\tat ");
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
