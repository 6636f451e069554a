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

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Syncs over HTTP, with one worker thread in the same process.
@ParameterizedClass
@EnumSource(
        value = States.class,
        names = {"POSTGRES"})
class SyncServiceIT {
    private final States states;

    private static final String START = "{\"anew\":false,\"triggers\":false}";
    private static final String ANEW = "{\"anew\":true,\"triggers\":true}";
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
                columns:
                  id: {type: integer, on-missing: quarantine}
                  name: {type: text, trim: both, on-missing: quarantine}
            """;

    @TempDir Path home;
    private MigratingBackend backend;

    SyncServiceIT(States states) {
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
                        INSERT INTO people VALUES (1, 'Ann'), (2, 'Bo'), (3, NULL), (4, 'Di')
                        """);
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void bringsChangesUntilItIsStoppedAndGoesOnWhereItWas() throws Exception {
        String run = copied();
        assertThat(backend.post(run + "/sync", ANEW)).contains("\"state\":\"QUEUED\"");
        eventually("current", () -> state(run).equals("CURRENT"));
        legacy("UPDATE people SET name = 'Annie' WHERE id = 1");
        legacy("DELETE FROM people WHERE id = 2");
        legacy("INSERT INTO people VALUES (9, ' Cy ')");
        eventually("brought", () -> people().equals(List.of("1 Annie", "4 Di", "9 Cy")));
        eventually("told", () -> sync(run).get("changes").asInt() == 4);

        JsonNode now = sync(run);
        assertThat(now.get("inserted").asInt()).isEqualTo(1);
        assertThat(now.get("updated").asInt()).isEqualTo(1);
        assertThat(now.get("deleted").asInt()).isEqualTo(1);
        assertThat(now.get("position").asText()).startsWith("slipway_change:");
        eventually("verified whole", () -> !sync(run).get("wholeAt").isNull());
        eventually("not behind", () -> sync(run).get("lagSeconds").asInt() == 0);
        assertThat(backend.get("/api/v1/migrations/syncs").get("items")).hasSize(1);
        assertThat(backend.get("/api/v1/snapshot").toString()).contains("\"kind\":\"sync\"");

        backend.post(run + "/sync/stop", "{\"reason\":\"a quiet hour\"}");
        eventually("stopped", () -> state(run).equals("STOPPED"));
        legacy("UPDATE people SET name = 'Dina' WHERE id = 4");
        assertThat(people()).contains("4 Di");
        backend.post(run + "/sync", START);
        eventually("goes on", () -> people().contains("4 Dina"));
        eventually("counted on", () -> sync(run).get("updated").asInt() == 2);
    }

    /// At the plan's rate a page is compared in eight minutes at best.
    @Test
    void itsPaceIsChangedWhileItGoesOn() throws Exception {
        backend.plan("people", "throttle: {rows-per-second: 1}\n" + PLAN);
        String run = RUNS + "/" + backend.started("people");
        eventually("copying", () -> runState(run).equals("RUNNING"));
        backend.post(run + "/pace", "{\"rowsPerSecond\":1000,\"chunkRows\":0}");
        eventually("copied", () -> runState(run).equals("VALIDATED"));
        assertThat(pace(run, 5)).isEqualTo(404);
        backend.post(run + "/sync", ANEW);
        eventually("verified once", () -> !sync(run).get("verifiedAt").isNull());
        String before = sync(run).get("verifiedAt").asText();

        assertThat(pace(run, -1)).isEqualTo(400);
        assertThat(pace(run, 10_000_001)).isEqualTo(400);
        assertThat(pace(run, 1_000_000)).isEqualTo(200);

        eventually("verified again", () -> !sync(run).get("verifiedAt").asText().equals(before));
        assertThat(sync(run).get("rowsPerSecond").asInt()).isEqualTo(1_000_000);
        backend.post(run + "/sync/stop", "{\"reason\":\"enough\"}");
        eventually("stopped", () -> state(run).equals("STOPPED"));
        assertThat(pace(run, 5)).isEqualTo(409);
        assertThat(sync(run).get("rowsPerSecond").asInt()).isEqualTo(1_000_000);
        String audit =
                backend.backend().get("/api/v1/audit", backend.backend().token(Role.ADMIN)).body();
        assertThat(audit).contains("rows per second 1000000");
    }

    private int pace(String run, int rows) {
        return backend.send(run + "/sync/pace", "{\"rowsPerSecond\":" + rows + "}").statusCode();
    }

    private String runState(String run) {
        return backend.get(run).get("state").asText();
    }

    /// The next session would not know of it.
    @Test
    void afterARowDifferedNothingCountsAsComparedUntilEveryRowWas() throws Exception {
        String run = copied();
        backend.post(run + "/sync", ANEW);
        eventually("verified whole", () -> !sync(run).get("wholeAt").isNull());

        backend.execute("shop", "UPDATE person SET name = 'Eve' WHERE id = 1");
        eventually("told", () -> sync(run).get("difference").asText().contains("people"));
        assertThat(sync(run).get("wholeAt").isNull()).isTrue();

        backend.execute("shop", "UPDATE person SET name = 'Ann' WHERE id = 1");
        eventually("compared again", () -> !sync(run).get("wholeAt").isNull());
        assertThat(sync(run).get("difference").asText()).isEmpty();
    }

    /// The only thread of the worker still runs migrations.
    @Test
    void takesNoThreadFromOtherJobs() throws Exception {
        String run = copied();
        backend.post(run + "/sync", ANEW);
        eventually("current", () -> state(run).equals("CURRENT"));
        backend.plan(
                "others",
                PLAN.replace("name: people\nsource", "name: others\nsource")
                        .replace("person", "other"));

        String other = RUNS + "/" + backend.started("others");
        eventually("validated", () -> backend.get(other).get("state").asText().equals("VALIDATED"));
        assertThat(state(run)).isEqualTo("CURRENT");
    }

    @Test
    void survivesTheRestartOfItsBackend() throws Exception {
        String run = copied();
        backend.post(run + "/sync", ANEW);
        eventually("current", () -> state(run).equals("CURRENT"));

        backend.backend().restart();

        legacy("INSERT INTO people VALUES (7, 'Gus')");
        eventually("brought", () -> people().contains("7 Gus"));
        eventually("current again", () -> state(run).equals("CURRENT"));
    }

    @Test
    void withoutAPositionItSaysWhatToDo() throws Exception {
        String run = copied();
        backend.post(run + "/sync", START);

        eventually("failed", () -> state(run).equals("FAILED"));
        assertThat(sync(run).get("reason").asText())
                .contains("no position in the source's log")
                .contains("--anew");
        backend.post(run + "/sync", ANEW);
        eventually("current", () -> state(run).equals("CURRENT"));
    }

    @Test
    void aRowThatSomeoneChangedInTheTargetIsTold() throws Exception {
        String run = copied();
        backend.post(run + "/sync", ANEW);
        eventually("current", () -> state(run).equals("CURRENT"));
        backend.execute("shop", "UPDATE person SET name = 'Eve' WHERE id = 4");

        eventually("found", () -> sync(run).get("difference").asText().contains("people"));
        legacy("UPDATE people SET name = 'Dora' WHERE id = 4");
        eventually("right again", () -> sync(run).get("difference").asText().isEmpty());
    }

    @Test
    void beginsOnlyAfterTheCopyAndKeepsOthersOut() throws Exception {
        assertThat(backend.send(RUNS + "/none/sync", START).statusCode()).isEqualTo(404);
        String run = copied();
        assertThat(backend.send(run + "/sync/stop", "{\"reason\":\"\"}").statusCode())
                .isEqualTo(404);
        backend.post(run + "/sync", ANEW);
        eventually("current", () -> state(run).equals("CURRENT"));

        assertThat(backend.send(run + "/sync", START).body()).contains("nothing was started");
        String which = "{\"step\":\"\",\"rule\":\"\",\"text\":\"\",\"rows\":[]}";
        String replay = "{\"which\":" + which + ",\"changedPlan\":false}";
        assertThat(backend.send(run + "/quarantine/replay", replay).body())
                .contains("The sync goes on with run");
        backend.post(run + "/sync/stop", "{\"reason\":\"\"}");
        eventually("stopped", () -> state(run).equals("STOPPED"));
        assertThat(backend.send(run + "/sync/stop", "{\"reason\":\"\"}").statusCode())
                .isEqualTo(409);
    }

    /// Nobody carries it any more: it must say so, and there must be a way on.
    @Test
    void whenItsJobIsDiscardedItHasFailedAndCanGoOn() throws Exception {
        String run = copied();
        backend.post(run + "/sync", ANEW);
        eventually("current", () -> state(run).equals("CURRENT"));

        String job = sync(run).get("jobId").asText();
        backend.post("/api/v1/jobs/" + job + "/discard", "{\"reason\":\"a mistake\"}");

        eventually("failed", () -> state(run).equals("FAILED"));
        assertThat(sync(run).get("reason").asText()).contains("its job was discarded");
        legacy("INSERT INTO people VALUES (8, 'Hal')");
        backend.post(run + "/sync", START);
        eventually("brought", () -> people().contains("8 Hal"));
    }

    @Test
    void startingAndStoppingAreInTheAuditLog() throws Exception {
        String run = copied();
        backend.post(run + "/sync", ANEW);
        backend.post(run + "/sync/stop", "{\"reason\":\"enough\"}");

        String audit = backend.get("/api/v1/audit").toString();
        assertThat(audit)
                .contains("anew, triggers may be installed in the source")
                .contains("enough");
    }

    private String copied() {
        String run = RUNS + "/" + backend.started("people");
        eventually("validated", () -> backend.get(run).get("state").asText().equals("VALIDATED"));
        return run;
    }

    private JsonNode sync(String run) {
        return backend.get(run + "/sync");
    }

    private String state(String run) {
        return sync(run).get("state").asText();
    }

    private void legacy(String sql) throws Exception {
        backend.execute("legacy", sql);
    }

    private List<String> people() {
        List<String> people = new ArrayList<>();
        try (var connection = backend.connect("shop");
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "SELECT id || ' ' || name FROM person ORDER BY id")) {
            while (row.next()) {
                people.add(row.getString(1));
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return people;
    }
}
