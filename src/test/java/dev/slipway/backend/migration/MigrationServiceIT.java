package dev.slipway.backend.migration;

import static dev.slipway.testing.Eventually.eventually;
import static dev.slipway.testing.MigratingBackend.RUNS;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.api.access.Role;
import dev.slipway.testing.MigratingBackend;
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

/// Plans and runs over HTTP, with the worker in the same process.
@ParameterizedClass
@EnumSource(States.class)
class MigrationServiceIT {
    private final States states;

    private static final String PLANS = "/api/v1/migrations/plans";
    private static final String PLAN =
            """
            name: people
            source: legacy
            target: shop
            schema:
              sqlite:
                before: CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT
            steps:
              - name: people
                source: {table: people}
                target: person
                chunk-rows: 20
                columns:
                  id: {type: integer, on-missing: quarantine}
                  name: {type: text, trim: both, on-missing: quarantine}
            """;

    @TempDir Path home;
    private MigratingBackend backend;

    MigrationServiceIT(States states) {
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
                        CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT);
                        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
                        INSERT INTO people
                          SELECT i, CASE WHEN i % 100 = 0 THEN NULL ELSE 'person ' || i END FROM n
                        """);
        backend.plan("wrong", PLAN.replace("table: people", "table: peopl"));
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void plansAreToldWithTheirProblems() {
        JsonNode plans = backend.get("/api/v1/migrations/plans").get("items");

        assertThat(plans).hasSize(2);
        assertThat(plans.get(0).get("problems")).isEmpty();
        assertThat(plans.get(0).get("steps").get(0).asText()).isEqualTo("people");
        assertThat(plans.get(1).get("problems").get(0).get("message").asText())
                .contains("did you mean 'people'?");
        assertThat(plans.get(1).get("problems").get(0).get("line").asInt()).isEqualTo(9);
    }

    @Test
    void aRunEndsValidatedAndItsDetailsCanBePaged() {
        String id = backend.started("people");
        eventually("validated", () -> state(id).equals("VALIDATED"));

        JsonNode step = backend.get(RUNS + "/" + id).get("steps").get(0);
        assertThat(step.get("read").asInt()).isEqualTo(2_000);
        assertThat(step.get("written").asInt()).isEqualTo(1_980);
        assertThat(step.get("quarantined").asInt()).isEqualTo(20);
        assertThat(paged(RUNS + "/" + id + "/quarantine", 7)).isEqualTo(20);
        assertThat(paged(RUNS + "/" + id + "/chunks", 30)).isEqualTo(100);
        JsonNode validations = backend.get(RUNS + "/" + id + "/validations").get("items");
        assertThat(validations).isNotEmpty().allMatch(v -> v.get("passed").asBoolean());
        assertThat(backend.get("/api/v1/snapshot").toString()).contains("\"kind\":\"run\"");
    }

    @Test
    void quarantineIsCountedByRuleAndSearchedByIt() {
        String id = backend.started("people");
        eventually("validated", () -> state(id).equals("VALIDATED"));

        JsonNode reasons = backend.get(RUNS + "/" + id + "/quarantine/reasons").get("items");
        assertThat(reasons).hasSize(1);
        assertThat(reasons.get(0).get("step").asText()).isEqualTo("people");
        assertThat(reasons.get(0).get("column").asText()).isEqualTo("name");
        assertThat(reasons.get(0).get("rows").asInt()).isEqualTo(20);
        String rows = RUNS + "/" + id + "/quarantine?limit=500";
        String rule = reasons.get(0).get("rule").asText().replace(" ", "%20");
        assertThat(backend.get(rows + "&step=people&column=name&rule=" + rule).get("items"))
                .hasSize(20);
        assertThat(backend.get(rows + "&rule=" + rule).get("total").asInt()).isEqualTo(20);
        assertThat(backend.get(rows + "&rule=another").get("items")).isEmpty();
        assertThat(backend.get(rows + "&column=").get("items")).isEmpty();
        assertThat(backend.get(rows + "&step=another").get("total").asInt()).isZero();
    }

    @Test
    void aPlanWhoseRunStandsInTheTargetIsNotStartedAgainUntilTheTargetIsEmptied() throws Exception {
        String id = backend.started("people");
        eventually("validated", () -> state(id).equals("VALIDATED"));

        eventually(
                "told",
                () ->
                        backend.get(PLANS)
                                .get("items")
                                .get(0)
                                .get("validatedRun")
                                .asText()
                                .equals(id));
        var refused = backend.send(RUNS, "{\"plan\":\"people\"}");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains(id).contains("Empty its tables (person)");
        assertThat(backend.get(RUNS).get("items")).hasSize(1);

        try (var connection = backend.connect("shop");
                var statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM person");
        }
        assertThat(backend.get(PLANS).get("items").get(0).get("validatedRun").isNull()).isTrue();
        String again = backend.started("people");
        eventually("validated again", () -> state(again).equals("VALIDATED"));
        String job = backend.get(RUNS + "/" + again).get("jobId").asText();
        eventually(
                "its log says so",
                () ->
                        backend.get("/api/v1/jobs/" + job + "/log")
                                .toString()
                                .contains("run " + id + " (VALIDATED) is forgotten"));
    }

    @Test
    void aPlanWithProblemsIsNotStarted() {
        var answer = backend.send(RUNS, "{\"plan\":\"wrong\"}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("did you mean 'people'?");
        assertThat(backend.send(RUNS, "{\"plan\":\"none\"}").statusCode()).isEqualTo(404);
    }

    @Test
    void aRunIsPausedResumedAndEndsWhole() {
        String id = backend.started("people");
        eventually("moves", () -> !state(id).equals("QUEUED"));
        var paused = act(id, "pause");
        if (paused.statusCode() == 200) {
            eventually("paused", () -> state(id).equals("PAUSED"));
            assertThat(backend.send(RUNS, "{\"plan\":\"people\"}").statusCode()).isEqualTo(409);
            assertThat(act(id, "pause").statusCode()).isEqualTo(409);
            assertThat(act(id, "resume").statusCode()).isEqualTo(200);
        }
        eventually("validated", () -> state(id).equals("VALIDATED"));
        assertThat(backend.get(RUNS + "/" + id).get("steps").get(0).get("written").asInt())
                .isEqualTo(1_980);
    }

    @Test
    void afterACancelledRunANewOneBeginsAnew() {
        String id = backend.started("people");
        eventually("runs", () -> !state(id).equals("QUEUED"));
        if (act(id, "cancel").statusCode() == 200) {
            eventually("cancelled", () -> state(id).equals("CANCELLED"));
            String again = backend.started("people");
            eventually("validated", () -> state(again).equals("VALIDATED"));
            assertThat(backend.get(RUNS + "/" + again).get("steps").get(0).get("written").asInt())
                    .isEqualTo(1_980);
        }
    }

    /// At 20 rows a second its 2,000 rows would take longer than anyone here waits.
    @Test
    void aNewPaceHoldsWhileItRuns() throws Exception {
        backend.plan(
                "slow",
                PLAN.replace("name: people\nsource", "name: slow\nsource")
                        + "throttle: {rows-per-second: 20}\n");
        String id = backend.started("slow");
        eventually("runs", () -> backend.get(RUNS + "/" + id).get("steps").size() == 1);
        assertThat(backend.get(RUNS + "/" + id).get("timing").get("throttle").asText())
                .contains("20 rows/s");

        assertThat(pace(id, "{\"rowsPerSecond\":-1,\"chunkRows\":0}")).isEqualTo(400);
        assertThat(pace("none", "{\"rowsPerSecond\":1,\"chunkRows\":0}")).isEqualTo(404);
        assertThat(pace(id, "{\"rowsPerSecond\":1000000,\"chunkRows\":0}")).isEqualTo(200);
        eventually("validated", () -> state(id).equals("VALIDATED"));
        assertThat(
                        backend.get(RUNS + "/" + id)
                                .get("timing")
                                .get("pace")
                                .get("rowsPerSecond")
                                .asInt())
                .isEqualTo(1_000_000);
        assertThat(pace(id, "{\"rowsPerSecond\":5,\"chunkRows\":0}")).isEqualTo(409);
    }

    /// Its job goes back to the queue until then; no worker is kept.
    @Test
    void outsideItsWindowARunRestsUntilItOpens() throws Exception {
        LocalDate opens = LocalDate.now(ZoneOffset.UTC).plusDays(3);
        String day = opens.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
        backend.plan(
                "later",
                PLAN.replace("name: people\nsource", "name: later\nsource")
                        + "window: {zone: UTC, open: [{days: %s, from: \"00:00\", to: \"24:00\"}]}\n"
                                .formatted(day.toLowerCase(Locale.ROOT)));
        String until = opens + "T00:00:00Z";
        String id = backend.started("later");
        eventually("rests", () -> waitingUntil(id).equals(until));
        assertThat(state(id)).isEqualTo("QUEUED");
        String other = backend.started("people");
        eventually("another run is carried", () -> state(other).equals("VALIDATED"));

        assertThat(act(id, "pause").statusCode()).isEqualTo(200);
        assertThat(state(id)).isEqualTo("PAUSED");
        assertThat(waitingUntil(id)).isEmpty();
        assertThat(act(id, "resume").statusCode()).isEqualTo(200);
        eventually("rests again", () -> waitingUntil(id).equals(until));
        assertThat(act(id, "cancel").statusCode()).isEqualTo(200);
        assertThat(state(id)).isEqualTo("CANCELLED");
    }

    /// Nobody carries it any more: it must say so, and there must be a way on.
    @Test
    void whenItsJobIsDiscardedARunHasFailedAndCanBeResumed() throws Exception {
        backend.plan(
                "slow",
                PLAN.replace("name: people\nsource", "name: slow\nsource")
                        + "throttle: {rows-per-second: 20}\n");
        String id = backend.started("slow");
        eventually("runs", () -> state(id).equals("RUNNING"));
        String job = backend.get(RUNS + "/" + id).get("jobId").asText();

        String reason = "{\"reason\":\"a mistake\"}";
        var discarded = backend.send("/api/v1/jobs/" + job + "/discard", reason);
        assertThat(discarded.statusCode()).isEqualTo(200);

        eventually("failed", () -> state(id).equals("FAILED"));
        assertThat(backend.get(RUNS + "/" + id).get("reason").asText())
                .contains("job was discarded");
        assertThat(pace(id, "{\"rowsPerSecond\":1000000,\"chunkRows\":0}")).isEqualTo(200);
        assertThat(act(id, "resume").statusCode()).isEqualTo(200);
        eventually("validated", () -> state(id).equals("VALIDATED"));
    }

    private String waitingUntil(String id) {
        return backend.get(RUNS + "/" + id).get("timing").path("waiting").path("until").asText();
    }

    private int pace(String id, String body) {
        return backend.send(RUNS + "/" + id + "/pace", body).statusCode();
    }

    @Test
    void viewersMayOnlyLook() {
        String viewer = backend.backend().token(Role.VIEWER);

        assertThat(backend.backend().get(RUNS, viewer).statusCode()).isEqualTo(200);
        assertThat(
                        backend.backend()
                                .send("POST", RUNS, viewer, "{\"plan\":\"people\"}")
                                .statusCode())
                .isEqualTo(403);
    }

    private HttpResponse<String> act(String id, String act) {
        return backend.send(RUNS + "/" + id + "/" + act, "{\"reason\":\"test\"}");
    }

    private String state(String id) {
        return backend.get(RUNS + "/" + id).get("state").asText();
    }

    private int paged(String path, int limit) {
        int count = 0;
        String after = "";
        while (true) {
            String query =
                    after.isEmpty()
                            ? ""
                            : "&after="
                                    + java.net.URLEncoder.encode(
                                            after, java.nio.charset.StandardCharsets.UTF_8);
            JsonNode page = backend.get(path + "?limit=" + limit + query);
            count += page.get("items").size();
            if (page.get("next").isNull()) {
                return count;
            }
            after = page.get("next").asText();
        }
    }
}
