package dev.slipway.backend.migration;

import static dev.slipway.testing.Eventually.eventually;
import static dev.slipway.testing.MigratingBackend.RUNS;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.testing.MigratingBackend;
import dev.slipway.testing.States;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/// A shop whose sums were in motion when its copy ended: an amount was booked and its line was not
/// there yet.
class RevalidationIT {
    private static final String SYNC = "{\"anew\":true,\"triggers\":true}";
    private static final String PLAN =
            """
            name: people
            source: legacy
            target: shop
            schema:
              sqlite:
                before: CREATE TABLE line (id INTEGER PRIMARY KEY, cents INTEGER NOT NULL) STRICT
            steps:
              - name: lines
                source: {table: lines}
                target: line
                columns:
                  id: {type: integer, on-missing: quarantine}
                  cents: {type: integer, on-missing: quarantine}
            validations:
              - name: booked
                source: SELECT sum(cents) FROM booked
                target: SELECT sum(cents) FROM line
            """;

    @TempDir Path home;
    private MigratingBackend backend;
    private String run;

    @BeforeEach
    void copyAMovingShop() throws Exception {
        backend =
                new MigratingBackend(
                        States.SQLITE,
                        home,
                        PLAN,
                        """
                        CREATE TABLE lines (id INTEGER PRIMARY KEY, cents INTEGER);
                        CREATE TABLE booked (cents INTEGER);
                        INSERT INTO lines VALUES (1, 100), (2, 250);
                        INSERT INTO booked VALUES (100), (250), (500)
                        """);
        run = RUNS + "/" + backend.started("people");
        eventually("copied", () -> state().equals("INVALID"));
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    private String state() {
        return backend.get(run).get("state").asText();
    }

    private JsonNode sync() {
        return backend.get(run + "/sync");
    }

    private List<JsonNode> red() {
        return backend.get(run + "/validations")
                .get("items")
                .valueStream()
                .filter(check -> !check.get("passed").asBoolean())
                .toList();
    }

    @Test
    void countsAsValidatedOnceEveryRowWasComparedAndThePlansChecksHold() throws Exception {
        assertThat(red()).hasSize(1);
        backend.execute("legacy", "INSERT INTO lines VALUES (3, 500)");

        backend.post(run + "/sync", SYNC);

        eventually("validated", () -> state().equals("VALIDATED"));
        assertThat(red()).isEmpty();
        assertThat(backend.get(run).at("/steps/0/state").asText()).isEqualTo("VALIDATED");
        assertThat(backend.get(run + "/validations").toString())
                .contains("every row, compared by the sync")
                .contains("Red when the copy ended: booked");
        eventually("told whole", () -> !sync().get("wholeAt").isNull());
    }

    @Test
    void staysInvalidWhileACheckOfThePlanDoesNotHold() throws Exception {
        backend.post(run + "/sync", SYNC);
        eventually("compared whole", () -> !sync().get("wholeAt").isNull());
        String first = sync().get("verifiedAt").asText();
        eventually("compared again", () -> !sync().get("verifiedAt").asText().equals(first));

        assertThat(state()).isEqualTo("INVALID");
        assertThat(red()).hasSize(1);
    }
}
