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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

class QuarantineCommandIT {
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
    private final StringWriter out = new StringWriter();

    @BeforeEach
    void fill() throws Exception {
        Files.writeString(folder.resolve("plan.yaml"), PLAN);
        try (var connection = DriverManager.getConnection(url("legacy"));
                var statement = connection.createStatement()) {
            statement.executeUpdate(
                    "CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT);"
                            + " INSERT INTO people VALUES (1, ' Ann '), (2, 'Bartholomew'), (3, NULL),"
                            + " (4, 'Cy'), (5, '=1+1, \"a formula\"' || char(10) || 'and more'),"
                            + " (6, CAST(x'ff6162636465666768696a6b6c' AS TEXT))");
        }
        assertThat(call(List.of("--source", url("legacy"), "--target", url("shop")))).isZero();
    }

    @Test
    void listsAndCountsByReason() throws Exception {
        assertThat(quarantine("list", "--text", "barth")).isZero();
        assertThat(out.toString())
                .contains(
                        "people 2, name: is 11 characters long, 10 are allowed 'Bartholomew' (open)")
                .doesNotContain("people 3");
        assertThat(report().get("count").asInt()).isOne();

        assertThat(quarantine("reasons")).isZero();
        assertThat(report().get("count").asInt()).isEqualTo(4);
        assertThat(report().get("items").findValuesAsText("reason"))
                .contains("is 11 characters long, 10 are allowed", "is missing");
    }

    @Test
    void exportsAsCsv() throws Exception {
        Path csv = folder.resolve("q.csv");

        assertThat(quarantine("export", "--to", csv.toString())).isZero();

        String text = Files.readString(csv);
        assertThat(text)
                .startsWith("\"run\",\"step\",\"key\",\"chunk\",\"column\"")
                .contains(",\"people\",\"2\",\"1\",\"name\",\"text\",")
                // NULL is an empty field, a formula is none any more, quotes are doubled
                .contains("\"is missing\",,\"open\",,,,")
                .contains(",\"'=1+1, \"\"a formula\"\"\nand more\",\"open\"")
                .endsWith("\r\n");
        assertThat(text.split("\r\n")).hasSize(5);
    }

    @Test
    void correctsAndReplays() throws Exception {
        assertThat(correct("2", "Bart")).isZero();
        assertThat(correct("3", "Di", "--by", "eva")).isZero();

        assertThat(replay("--dry-run", "--row", "2", "--step", "people")).isZero();
        assertThat(names()).containsExactly("Ann", "Cy");

        // two are still too long
        assertThat(replay()).isEqualTo(1);
        assertThat(names()).containsExactly("Ann", "Bart", "Di", "Cy");
        JsonNode replayed = report().get("replayed");
        assertThat(replayed.get("tried").asInt()).isEqualTo(4);
        assertThat(replayed.get("written").asInt()).isEqualTo(2);
        assertThat(replayed.get("refused").asInt()).isEqualTo(2);
        assertThat(report().get("state").asText()).isEqualTo("VALIDATED");
        assertThat(err.toString())
                .contains("4 rows tried: 2 written, 0 merged, 0 left out, 2 still");

        assertThat(quarantine("accept", "--state", "OPEN", "--why", "not a name")).isZero();
        assertThat(quarantine("list", "--state", "ACCEPTED")).isZero();
        assertThat(out.toString()).contains("(accepted: not a name)");
        assertThat(quarantine("reopen", "--step", "people", "--row", "5")).isZero();
        assertThat(quarantine("reopen", "--step", "people", "--row", "5")).isEqualTo(1);
    }

    /// As a run does. What is rehearsed is not waited for: that would hold a transaction for days.
    @Test
    void outsideTheWindowOnlyWhoIgnoresItReads() throws Exception {
        String day =
                LocalDate.now(ZoneOffset.UTC)
                        .plusDays(3)
                        .getDayOfWeek()
                        .getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
        Files.writeString(
                folder.resolve("plan.yaml"),
                "window: {zone: UTC, open: [{days: %s, from: \"00:00\", to: \"24:00\"}]}\n"
                                .formatted(day.toLowerCase(Locale.ROOT))
                        + PLAN.replace("max: 10", "max: 11"));

        assertThat(replay("--dry-run")).isEqualTo(1);
        assertThat(err.toString()).contains("the window is closed").contains("nothing was changed");

        Thread.currentThread().interrupt();
        assertThat(replay()).isEqualTo(1);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(err.toString())
                .contains("waiting: the window is closed")
                .contains("; it goes on at ")
                .contains("it was stopped while it waited");
        assertThat(names()).containsExactly("Ann", "Cy");

        assertThat(
                        replay(
                                "--ignore-window",
                                "--rows-per-second",
                                "100",
                                "--row",
                                "2",
                                "--step",
                                "people"))
                .as(err.toString())
                .isZero();
        assertThat(names()).containsExactly("Ann", "Bartholomew", "Cy");
    }

    /// What a person corrected stands as long as the source still holds what was corrected.
    @Test
    void aSyncKeepsWhatWasCorrected() throws Exception {
        assertThat(correct("2", "Bart")).isZero();
        assertThat(replay()).isEqualTo(1);
        assertThat(sync("--install-triggers")).isZero();

        assertThat(sync("--anew", "--until-caught-up")).as(err.toString()).isZero();
        assertThat(names()).containsExactly("Ann", "Bart", "Cy");
        assertThat(sync("--until-caught-up")).as(err.toString()).isZero();
        assertThat(names()).containsExactly("Ann", "Bart", "Cy");

        change("UPDATE people SET name = 'Bartolomeus' WHERE id = 2");
        assertThat(sync("--until-caught-up")).as(err.toString()).isZero();
        assertThat(names()).containsExactly("Ann", "Cy");
        change("UPDATE people SET name = 'Barto' WHERE id = 2");
        assertThat(sync("--until-caught-up")).as(err.toString()).isZero();
        assertThat(names()).containsExactly("Ann", "Barto", "Cy");
    }

    private int sync(String... options) {
        List<String> all = new java.util.ArrayList<>();
        all.addAll(List.of("sync", "--source", url("legacy"), "--target", url("shop")));
        all.addAll(List.of(options));
        return call(all);
    }

    private void change(String sql) throws Exception {
        try (var connection = DriverManager.getConnection(url("legacy"));
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /// Bytes that are no text are kept as they were, also where the source row is gone.
    @Test
    void aRowIsKeptToTheByte() throws Exception {
        try (var connection = DriverManager.getConnection(url("legacy"));
                var statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM people WHERE id = 6");
        }
        Files.writeString(
                folder.resolve("plan.yaml"),
                PLAN.replace("trim: both, max: 10", "trim: both, max: 20, repair: true"));

        replay("--step", "people", "--row", "6");

        assertThat(report().get("replayed").get("kept").asInt()).isOne();
        assertThat(names()).contains("ÿabcdefghijkl");
    }

    @Test
    void whatIsWrongIsTold() {
        assertThat(
                        quarantine(
                                "correct",
                                "--step",
                                "people",
                                "--source-column",
                                "nam",
                                "--key",
                                "2",
                                "--to",
                                "x"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("no column 'nam'; did you mean 'name'?");
        assertThat(
                        quarantine(
                                "correct",
                                "--step",
                                "people",
                                "--source-column",
                                "name",
                                "--to",
                                "x"))
                .isEqualTo(2);
        assertThat(quarantine("list", "--row", "2")).isEqualTo(2);
        assertThat(quarantine("list", "--run", "other")).isEqualTo(1);
        assertThat(err.toString()).contains("no run of the plan 'names' stands in the target");
    }

    private List<String> names() throws Exception {
        List<String> names = new ArrayList<>();
        try (var connection = DriverManager.getConnection(url("shop"));
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT name FROM person ORDER BY id")) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    private JsonNode report() throws Exception {
        return new ObjectMapper().readTree(folder.resolve("r.json").toFile());
    }

    private String url(String name) {
        return "jdbc:sqlite:" + folder.resolve(name + ".db");
    }

    private int replay(String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(List.of("--source", url("legacy")));
        return quarantine("replay", all.toArray(String[]::new));
    }

    private int correct(String key, String to, String... further) {
        List<String> which = new ArrayList<>(List.of("--step", "people"));
        which.addAll(List.of("--source-column", "name", "--key", key, "--to", to));
        which.addAll(List.of(further));
        return quarantine("correct", which.toArray(String[]::new));
    }

    private int quarantine(String command, String... more) {
        List<String> all = new ArrayList<>(List.of("quarantine", command));
        all.addAll(List.of("--target", url("shop")));
        all.addAll(List.of(more));
        return call(all);
    }

    private int call(List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--plan", folder.resolve("plan.yaml").toString()));
        all.addAll(List.of("--report", folder.resolve("r.json").toString()));
        return new CommandLine(new MigrateCommand())
                .setErr(new PrintWriter(err, true))
                .setOut(new PrintWriter(out, true))
                .execute(all.toArray(String[]::new));
    }
}
