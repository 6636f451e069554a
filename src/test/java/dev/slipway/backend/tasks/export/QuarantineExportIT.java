package dev.slipway.backend.tasks.export;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.migration.MigrationSettings;
import dev.slipway.backend.migration.MigrationStore;
import dev.slipway.backend.migration.PlanFolder;
import dev.slipway.backend.migration.RunDetails;
import dev.slipway.backend.store.EventLog;
import dev.slipway.backend.store.StateStore;
import dev.slipway.backend.tasks.export.source.QuarantineSource;
import dev.slipway.config.Database;
import dev.slipway.testing.MigratingBackend;
import dev.slipway.testing.States;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// An export of rows in quarantine that is gone on with, read from the ledger of a real run: more
/// rows than are read at once.
class QuarantineExportIT {
    private static final int REFUSED = 1_200;
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
                  name: {type: text, on-missing: quarantine}
            """;

    @AutoClose private static MigratingBackend there;
    @AutoClose private static StateStore store;
    private static QuarantineSource source;
    private static ExportFilter which;

    @BeforeAll
    static void migrate(@TempDir Path home) throws Exception {
        there =
                new MigratingBackend(
                        States.SQLITE,
                        home,
                        PLAN,
                        """
                        CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT);
                        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2400)
                        INSERT INTO people
                          SELECT i, CASE WHEN i % 2 = 0 THEN NULL ELSE 'person ' || i END FROM n
                        """);
        String run = there.started("people");
        eventually(
                "validated",
                () ->
                        there.get(MigratingBackend.RUNS + "/" + run)
                                .get("state")
                                .asText()
                                .equals("VALIDATED"));
        store = States.SQLITE.open(there.backend().state());
        var clock = InstantSource.system();
        var target = new Database("jdbc:sqlite:" + home.resolve("shop.db"), "", "");
        var plans =
                new PlanFolder(
                        new MigrationSettings(home.resolve("plans"), Map.of("shop", target), 1));
        var json = WireJson.mapper();
        var runs = new MigrationStore(json, new EventLog(json, clock));
        source = new QuarantineSource(new RunDetails(store, runs, plans), clock);
        which = ExportFilter.run(run);
    }

    private static List<String> keys() throws Exception {
        var rows = new ReadRows(2);
        source.read(which, 0, rows);
        return rows.values;
    }

    @Test
    void goesOnBehindTheRowsThatAreThere() throws Exception {
        List<String> all = keys();
        assertThat(all).containsExactlyInAnyOrderElementsOf(refused());
        for (int skip : List.of(1, 499, 500, 501, REFUSED - 1, REFUSED)) {
            var rows = new ReadRows(2);
            source.read(which, skip, rows);
            assertThat(rows.total()).isEqualTo(REFUSED);
            assertThat(rows.skippedRows()).isEqualTo(skip);
            assertThat(rows.values).isEqualTo(all.subList(skip, REFUSED));
        }
    }

    private static List<String> refused() {
        return IntStream.rangeClosed(1, REFUSED).mapToObj(i -> Integer.toString(2 * i)).toList();
    }

    @Test
    void whoIsNoLongerWantedReadsPastNoMore() throws Exception {
        var rows = ReadRows.impatient(600);
        source.read(which, 700, rows);
        assertThat(rows.skippedRows()).isEqualTo(600);
        assertThat(rows.values).isEmpty();
    }
}
