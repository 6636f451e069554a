package dev.slipway.backend.migration;

import static dev.slipway.testing.Eventually.eventually;
import static dev.slipway.testing.MigratingBackend.RUNS;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.api.access.Role;
import dev.slipway.testing.MigratingBackend;
import dev.slipway.testing.RunningBackend;
import dev.slipway.testing.States;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;

/// What is done about rows in quarantine over HTTP, with the worker in the same process.
@ParameterizedClass
@EnumSource(
        value = States.class,
        names = {"POSTGRES"})
class QuarantineServiceIT {
    private final States states;

    private static final String ALL =
            "{\"step\":\"\",\"column\":null,\"rule\":\"\",\"text\":\"\",\"rows\":[]}";
    private static final String PLAN =
            """
            name: people
            source: legacy
            target: shop
            schema:
              sqlite:
                before: CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL,
                  kind TEXT NOT NULL) STRICT
            steps:
              - name: people
                source: {table: people}
                target: person
                chunk-rows: 20
                columns:
                  id: {type: integer, on-missing: quarantine}
                  name: {type: text, trim: both, on-missing: quarantine}
                  kind: {type: enum, values: {buyer: [b], seller: [s]}, on-missing: quarantine}
            """;

    @TempDir Path home;

    @SuppressWarnings("NullAway.Init")
    private MigratingBackend backend;

    private String run = "";

    QuarantineServiceIT(States states) {
        this.states = states;
    }

    @BeforeEach
    void start() throws Exception {
        backend =
                new MigratingBackend(
                        states,
                        home,
                        PLAN,
                        """
                        CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, kind TEXT);
                        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)
                        INSERT INTO people
                          SELECT i, CASE WHEN i % 100 = 0 THEN NULL ELSE 'person ' || i END,
                            CASE WHEN i % 50 = 7 THEN 'vendor' WHEN i % 2 = 0 THEN 'b' ELSE 'seller' END
                          FROM n
                        """);
        run = RUNS + "/" + backend.started("people");
        eventually("validated", () -> state().equals("VALIDATED"));
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void rowsAreCorrectedReplayedAndAccepted() throws Exception {
        assertThat(
                        act(
                                "correct",
                                "{\"step\":\"people\",\"key\":\"100\",\"column\":\"name\","
                                        + "\"from\":null,\"to\":\"Hundred\"}"))
                .isEqualTo(1);
        assertThat(
                        act(
                                "correct",
                                "{\"step\":\"people\",\"key\":null,\"column\":\"kind\",\"from\":\"vendor\",\"to\":\"s\"}"))
                .isEqualTo(8);

        replay(false);

        JsonNode replayed = backend.get(run + "/replays").get("items").get(0);
        assertThat(replayed.get("wanted").asInt()).isEqualTo(12);
        assertThat(replayed.get("written").asInt()).isEqualTo(9);
        assertThat(replayed.get("refused").asInt()).isEqualTo(3);
        assertThat(replayed.get("refusals").get(0).get("rows").asInt()).isEqualTo(3);
        assertThat(number("SELECT count(*) FROM person")).isEqualTo(397);
        assertThat(number("SELECT count(*) FROM person WHERE id = 100 AND name = 'Hundred'"))
                .isOne();
        assertThat(backend.get(run).get("steps").get(0).get("quarantined").asInt()).isEqualTo(3);
        assertThat(backend.get(run).get("steps").get(0).get("written").asInt()).isEqualTo(397);
        assertThat(total("?state=resolved")).isEqualTo(9);
        assertThat(total("?state=open&text=person")).isZero();
        assertThat(act("accept", "{\"which\":" + ALL + ",\"reason\":\"no name\"}")).isEqualTo(3);
        assertThat(total("?state=accepted")).isEqualTo(3);
        JsonNode reason = backend.get(run + "/quarantine/reasons").get("items").get(0);
        assertThat(reason.get("open").asInt()).isZero();
        assertThat(act("reopen", "{\"which\":" + ALL + ",\"reason\":\"\"}")).isEqualTo(3);
        assertThat(send("reopen", "{\"which\":" + ALL + ",\"reason\":\"\"}").statusCode())
                .isEqualTo(409);
    }

    @Test
    void aChangedPlanIsTakenOrRefused() throws Exception {
        backend.plan(
                "people",
                PLAN.replace("{buyer: [b], seller: [s]}", "{buyer: [b, seller], other: [s]}"));
        replay(true);
        assertThat(backend.get(run).get("reason").asText())
                .contains("the changed plan would change what run")
                .contains("column kind is seller, but would be buyer");
        assertThat(number("SELECT count(*) FROM person")).isEqualTo(388);

        backend.plan("people", PLAN.replace("seller: [s]", "seller: [s, vendor]"));
        replay(true);
        assertThat(number("SELECT count(*) FROM person")).isEqualTo(396);
        assertThat(backend.get(run + "/replays").get("items").get(0).get("planChanged").asBoolean())
                .isTrue();
        replay(false);
        assertThat(state()).isEqualTo("VALIDATED");
    }

    /// It keeps no worker from other jobs, and ends as soon as it is told to.
    @Test
    void outsideThePlansWindowItWaitsAndCanBeCancelled() throws Exception {
        LocalDate opens = LocalDate.now(ZoneOffset.UTC).plusDays(3);
        String day = opens.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
        backend.plan(
                "people",
                "window: {zone: UTC, open: [{days: %s, from: \"00:00\", to: \"24:00\"}]}\n"
                                .formatted(day.toLowerCase(Locale.ROOT))
                        + PLAN.replace("seller: [s]", "seller: [s, vendor]"));
        var answer = send("replay", "{\"which\":" + ALL + ",\"changedPlan\":true}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        eventually(
                "waits",
                () ->
                        backend.get(run)
                                .at("/timing/waiting/until")
                                .asText()
                                .equals(opens + "T00:00:00Z"));
        assertThat(state()).isEqualTo("RUNNING");
        assertThat(backend.get(run).at("/steps/0/quarantined").asInt()).isEqualTo(12);
        backend.plan("others", PLAN.replace("name: people\nsource", "name: others\nsource"));
        String other = RUNS + "/" + backend.started("others");
        eventually(
                "the only worker's thread takes another job",
                () -> !backend.get(other).get("state").asText().matches("QUEUED|RUNNING"));

        backend.post(run + "/cancel", "{\"reason\":\"not tonight\"}");

        eventually("over", () -> state().equals("VALIDATED"));
        assertThat(backend.get(run).get("reason").asText())
                .contains("it was stopped while it waited: the window is closed")
                .endsWith("nothing was changed");
        assertThat(backend.get(run + "/replays").get("items")).isEmpty();
        assertThat(number("SELECT count(*) FROM person")).isEqualTo(388);
    }

    @Test
    void rowsAreExportedAsCsv() {
        var csv = backend.backend().get(run + "/quarantine/export?column=kind", backend.token());

        assertThat(csv.statusCode()).isEqualTo(200);
        assertThat(csv.headers().firstValue("Content-Type").orElse("")).isEqualTo("text/csv");
        assertThat(csv.body().split("\r\n")).hasSize(1 + 8);
        assertThat(csv.body()).contains(",\"vendor\",\"open\",");
    }

    @Test
    void whatIsWrongIsRefusedAndChangesNothing() {
        assertThat(send("accept", "{\"which\":" + ALL + ",\"reason\":\" \"}").statusCode())
                .isEqualTo(400);
        var wrong =
                send(
                        "correct",
                        "{\"step\":\"people\",\"key\":\"100\",\"column\":\"nam\",\"to\":\"x\"}");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("did you mean 'name'?");
        assertThat(
                        backend.backend()
                                .get(run + "/quarantine?state=lost", backend.token())
                                .statusCode())
                .isEqualTo(400);
        assertThat(
                        backend.backend()
                                .send(
                                        "POST",
                                        run + "/quarantine/accept",
                                        backend.backend().token(Role.VIEWER),
                                        "{\"which\":" + ALL + ",\"reason\":\"x\"}")
                                .statusCode())
                .isEqualTo(403);
        assertThat(total("?state=open")).isEqualTo(12);
    }

    private void replay(boolean changed) {
        var answer = send("replay", "{\"which\":" + ALL + ",\"changedPlan\":" + changed + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        eventually("over", () -> !state().equals("RUNNING"));
        assertThat(state()).isEqualTo("VALIDATED");
    }

    private int act(String act, String body) {
        var answer = send(act, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return RunningBackend.json(answer).get("rows").asInt();
    }

    private HttpResponse<String> send(String act, String body) {
        return backend.send(run + "/quarantine/" + act, body);
    }

    private int total(String query) {
        return backend.get(run + "/quarantine" + query).get("total").asInt();
    }

    private String state() {
        return backend.get(run).get("state").asText();
    }

    private long number(String sql) throws Exception {
        try (var connection = backend.connect("shop");
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }
}
