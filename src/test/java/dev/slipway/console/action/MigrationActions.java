package dev.slipway.console.action;

import static dev.slipway.console.action.Action.on;
import static dev.slipway.console.shell.Screen.MIGRATION;
import static dev.slipway.testing.Workplace.NOW;
import static dev.slipway.testing.Workplace.rows;
import static dev.slipway.testing.Workplace.shows;

import dev.slipway.api.Paths;
import dev.slipway.api.events.Kind;
import dev.slipway.api.migration.QuarantineActed;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.RunSync;
import dev.slipway.api.migration.SyncState;
import dev.slipway.client.offline.Document;
import dev.slipway.console.action.Action.Step;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.MuchData;
import dev.slipway.testing.MuchMigration;

import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;

import java.nio.file.Files;
import java.util.List;

/// What can be done on Migration.
final class MigrationActions {
    private static final String RUN = Paths.RUNS + "/" + MuchMigration.RUN;
    private static final int QUARANTINE = 1;
    private static final int VALIDATIONS = 2;
    private static final int PLANS = 3;
    private static final int SYNC_TAB = 4;
    private static final String SYNC = Paths.RUNS + "/" + MuchMigration.SYNCED + "/sync";

    private MigrationActions() {}

    static List<Action> all() {
        Run run = new MuchData(NOW).migration().run();
        Step quarantine = Steps.tab(QUARANTINE);
        Step row = quarantine.then(Steps.first("table"));
        Step every = quarantine.then(place -> place.keys().tabTo("everyRow").press(KeyCode.SPACE));
        Step validations = Steps.tab(VALIDATIONS);
        Step plans = Steps.tab(PLANS);
        return List.of(
                on(MIGRATION, "runs")
                        .given(has("run-6", RunState.CANCELLED))
                        .by(KeyCode.DOWN)
                        .shows(Steps.chosen("runs", "run-6")),
                on(MIGRATION, "pause").commands("POST " + RUN + "/pause", run),
                on(MIGRATION, "rate")
                        .by("typing", Steps.type("rate", "500"))
                        .shows(Steps.holds("rate", "500")),
                on(MIGRATION, "chunk")
                        .by("typing", Steps.type("chunk", "200"))
                        .shows(Steps.holds("chunk", "200")),
                on(MIGRATION, "set")
                        .given(Steps.type("rate", "500"))
                        .commands("POST " + RUN + "/pace", run),
                on(MIGRATION, "resume")
                        .given(has(MuchMigration.RUN, RunState.PAUSED))
                        .commands("POST " + RUN + "/resume", run),
                on(MIGRATION, "cancel").asking().commands("POST " + RUN + "/cancel", run),
                on(MIGRATION, "tabs").by(KeyCode.RIGHT).shows(_ -> shows("reasons")),
                on(MIGRATION, "table")
                        .by("Home", Steps.first("table"))
                        .shows(Steps.rowChosen("table")),
                on(MIGRATION, "chunk-map")
                        .by(KeyCode.RIGHT)
                        .shows(Steps.holds("details", "Chunk 1")),
                on(MIGRATION, "reasons")
                        .given(quarantine)
                        .by("Home", Steps.first("reasons"))
                        .shows(Steps.rowChosen("reasons")),
                on(MIGRATION, "all")
                        .given(quarantine.then(Steps.first("reasons")))
                        .shows(place -> !Steps.rowChosen("reasons").at(place)),
                on(MIGRATION, "table")
                        .given(quarantine)
                        .by("Home in Quarantine", Steps.first("table"))
                        .shows(Steps.holds("details", "O-200000")),
                on(MIGRATION, "more").given(quarantine).questions("GET " + RUN + "/quarantine"),
                on(MIGRATION, "rowState")
                        .given(quarantine)
                        .by(KeyCode.DOWN)
                        .shows(Steps.chosen("rowState", "OPEN")),
                on(MIGRATION, "filter")
                        .given(quarantine)
                        .by("typing", Steps.type("filter", "12,3O"))
                        .shows(Steps.holds("filter", "12,3O")),
                on(MIGRATION, "correctColumn")
                        .given(row)
                        .by(KeyCode.DOWN)
                        .shows(Steps.chosen("correctColumn", "order_no")),
                on(MIGRATION, "correctValue")
                        .given(row)
                        .by("typing", Steps.type("correctValue", "12,30"))
                        .shows(Steps.holds("correctValue", "12,30")),
                on(MIGRATION, "sameValue").given(row).shows(Steps.ticked("sameValue")),
                on(MIGRATION, "everyRow").given(row).shows(Steps.ticked("everyRow")),
                on(MIGRATION, "changedPlan").given(row).shows(Steps.ticked("changedPlan")),
                on(MIGRATION, "correct")
                        .given(row)
                        .commands("POST " + RUN + "/quarantine/correct", new QuarantineActed(1)),
                on(MIGRATION, "accept")
                        .given(row)
                        .asking()
                        .commands("POST " + RUN + "/quarantine/accept", new QuarantineActed(1)),
                on(MIGRATION, "reopen")
                        .given(every)
                        .asking()
                        .commands("POST " + RUN + "/quarantine/reopen", new QuarantineActed(1)),
                on(MIGRATION, "replay")
                        .given(row)
                        .asking()
                        .commands("POST " + RUN + "/quarantine/replay", run),
                on(MIGRATION, "exportAs")
                        .given(quarantine)
                        .by("", Steps.menu("exportAs"))
                        .commands("POST " + Paths.EXPORTS, ExportActions.some()),
                on(MIGRATION, "export")
                        .given(
                                quarantine.then(
                                        place -> {
                                            place.backend()
                                                    .answer(
                                                            "GET " + RUN + "/quarantine/export",
                                                            200,
                                                            "run,step");
                                            place.console()
                                                    .files()
                                                    .choose(
                                                            Files.createTempFile(
                                                                    "quarantine", ".csv"));
                                        }))
                        .questions("GET " + RUN + "/quarantine/export"),
                on(MIGRATION, "redOnly").given(validations).shows(_ -> rows("table") == 1),
                on(MIGRATION, "table")
                        .given(validations)
                        .by("Home in Validations", Steps.first("table"))
                        .shows(Steps.holds("detail", "orq")),
                on(MIGRATION, "places")
                        .given(validations.then(Steps.first("table")))
                        .by("Home", Steps.first("places"))
                        .shows(Steps.rowChosen("places")),
                on(MIGRATION, "copyPlaces")
                        .given(
                                validations
                                        .then(Steps.first("table"))
                                        .then(_ -> ConsoleHarness.run(MigrationActions::nothing)))
                        .shows(_ -> Clipboard.getSystemClipboard().hasString()),
                on(MIGRATION, "table")
                        .given(plans)
                        .by("End in Plans", place -> place.keys().tabTo("table").press(KeyCode.END))
                        .shows(Steps.holds("problemsTitle", "3 problems")),
                on(MIGRATION, "table").by("S", Steps.sort("table")).shows(Steps.sorted("table")),
                on(MIGRATION, "reasons")
                        .given(quarantine)
                        .by("S", Steps.sort("reasons"))
                        .shows(Steps.sorted("reasons")),
                on(MIGRATION, "table")
                        .given(quarantine)
                        .by("S in Quarantine", Steps.sort("table"))
                        .shows(Steps.sorted("table")),
                on(MIGRATION, "table")
                        .given(validations)
                        .by("S in Validations", Steps.sort("table"))
                        .shows(Steps.sorted("table")),
                on(MIGRATION, "table")
                        .given(plans)
                        .by("S in Plans", Steps.sort("table"))
                        .shows(Steps.sorted("table")),
                on(MIGRATION, "problems")
                        .given(plans.then(p -> p.keys().tabTo("table").press(KeyCode.END)))
                        .by("S", Steps.sort("problems"))
                        .shows(Steps.sorted("problems")),
                on(MIGRATION, "text")
                        .given(plans)
                        .by("Home", place -> place.keys().tabTo("text").press(KeyCode.HOME))
                        .shows(Steps.lineChosen("text")),
                on(MIGRATION, "problems")
                        .given(plans.then(p -> p.keys().tabTo("table").press(KeyCode.END)))
                        .by("Home", Steps.first("problems"))
                        .shows(Steps.rowChosen("problems")),
                on(MIGRATION, "check").given(plans).questions("GET " + Paths.PLANS),
                on(MIGRATION, "syncStart")
                        .given(synced(SyncState.STOPPED))
                        .commands("POST " + SYNC, sync(SyncState.QUEUED)),
                on(MIGRATION, "syncAnew")
                        .given(synced(SyncState.FAILED))
                        .asking()
                        .commands("POST " + SYNC, sync(SyncState.QUEUED)),
                on(MIGRATION, "syncStop")
                        .given(synced(SyncState.CURRENT))
                        .commands("POST " + SYNC + "/stop", sync(SyncState.STOPPING)),
                on(MIGRATION, "syncRate")
                        .given(synced(SyncState.CURRENT))
                        .by("typing", Steps.type("syncRate", "500"))
                        .shows(Steps.holds("syncRate", "500")),
                on(MIGRATION, "syncPace")
                        .given(synced(SyncState.CURRENT).then(Steps.type("syncRate", "500")))
                        .commands("POST " + SYNC + "/pace", sync(SyncState.CURRENT)),
                on(MIGRATION, "start")
                        .given(has(MuchMigration.RUN, RunState.CANCELLED).then(plans))
                        .commands("POST " + Paths.RUNS, run));
    }

    private static RunSync sync(SyncState state) {
        return new MuchData(NOW).migration().sync(state);
    }

    /// Makes the run that is looked at one that is over, with its sync in a state.
    private static Step synced(SyncState state) {
        Step kept =
                place -> {
                    var migration = new MuchData(NOW).migration();
                    place.console()
                            .store()
                            .take(
                                    "2",
                                    List.of(
                                            new Document(Kind.RUN, MuchMigration.RUN, null),
                                            Document.of(
                                                    Kind.RUN,
                                                    MuchMigration.SYNCED,
                                                    migration.synced()),
                                            Document.of(
                                                    Kind.SYNC,
                                                    MuchMigration.SYNCED,
                                                    migration.sync(state))));
                    place.breathe();
                };
        return kept.then(Steps.tab(SYNC_TAB));
    }

    /// Makes a run be in a state.
    private static Step has(String id, RunState state) {
        return place -> {
            Run run = in(new MuchData(NOW).migration().run(), id, state);
            place.console().store().take("2", List.of(Document.of(Kind.RUN, id, run)));
            place.breathe();
        };
    }

    private static Run in(Run run, String id, RunState state) {
        return new Run(
                id,
                run.plan(),
                state,
                run.startedBy(),
                id.equals(MuchMigration.RUN)
                        ? run.createdAt()
                        : run.createdAt().minusSeconds(9_000),
                run.startedAt(),
                state.ended() ? NOW : null,
                run.steps(),
                0,
                null,
                null,
                run.jobId(),
                run.timing());
    }

    private static void nothing() {
        Clipboard.getSystemClipboard().clear();
    }
}
