package dev.slipway.console.action;

import static dev.slipway.console.action.Action.on;
import static dev.slipway.console.shell.Screen.EXPORTS;
import static dev.slipway.testing.Workplace.NOW;
import static dev.slipway.testing.Workplace.rows;
import static dev.slipway.testing.Workplace.shows;

import dev.slipway.api.Paths;
import dev.slipway.api.access.Role;
import dev.slipway.api.tasks.Export;
import dev.slipway.api.tasks.ExportState;
import dev.slipway.console.action.Action.Step;
import dev.slipway.testing.MuchExports;

import javafx.scene.input.KeyCode;

import mockwebserver3.MockResponse;

import okio.Buffer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What can be done on Exports.
final class ExportActions {
    private ExportActions() {}

    static Export some() {
        return new MuchExports(NOW).export(0, ExportState.QUEUED);
    }

    static List<Action> all() {
        Path file = Path.of("target", "saved-export.csv");
        return List.of(
                on(EXPORTS, "what")
                        .by("Down", place -> place.keys().tabTo("what").press(KeyCode.DOWN))
                        .shows(Steps.chosen("what", "INVOICES")),
                on(EXPORTS, "format")
                        .by("Down", place -> place.keys().tabTo("format").press(KeyCode.DOWN))
                        .shows(Steps.chosen("format", "JSON_LINES")),
                on(EXPORTS, "from")
                        .by("typing", place -> place.keys().tabTo("from").type("2026-11-02"))
                        .shows(Steps.holds("why", "2026-11-02 to …")),
                on(EXPORTS, "to")
                        .by("typing", place -> place.keys().tabTo("to").type("2026-11-09"))
                        .shows(Steps.holds("why", "… to 2026-11-09")),
                on(EXPORTS, "vendor")
                        .by("typing", Steps.type("vendor", "1204"))
                        .shows(Steps.holds("why", "vendor 1204")),
                on(EXPORTS, "start").commands("POST " + Paths.EXPORTS, some()),
                on(EXPORTS, "table").by("S", Steps.sort("table")).shows(Steps.sorted("table")),
                on(EXPORTS, "table")
                        .by("Home", Steps.first("table"))
                        .shows(Steps.rowChosen("table")),
                on(EXPORTS, "cancel")
                        .given(row(1))
                        .commands("POST " + Paths.EXPORTS + "/export-001/cancel", some()),
                on(EXPORTS, "delete")
                        .given(row(3))
                        .asking()
                        .commands("DELETE " + Paths.EXPORTS + "/export-003", some()),
                on(EXPORTS, "save")
                        .given(
                                row(2).then(
                                                place -> {
                                                    Files.deleteIfExists(file);
                                                    place.console().files().choose(file);
                                                }))
                        .questions("GET " + Paths.EXPORTS + "/export-002/file"),
                on(EXPORTS, "stop").given(slowly(file)).shows(_ -> !shows("stop")));
    }

    /// Selects a row by its place.
    private static Step row(int index) {
        return place -> {
            place.console().await(() -> rows("table") > index);
            place.keys().tabTo("table").press(KeyCode.HOME);
            for (int i = 0; i < index; i++) {
                place.keys().press(KeyCode.DOWN);
            }
        };
    }

    /// Begins a download that takes long.
    private static Step slowly(Path file) {
        return place -> {
            place.backend()
                    .on(
                            "GET",
                            Paths.EXPORTS + "/export-002/file",
                            _ ->
                                    new MockResponse.Builder()
                                            .body(new Buffer().write(new byte[2_000_000]))
                                            .throttleBody(1_000, 100, TimeUnit.MILLISECONDS)
                                            .build());
            Files.deleteIfExists(file);
            place.console().files().choose(file);
            place.console().online(Role.ADMIN);
            row(2).at(place);
            place.keys().tabTo("save").press(KeyCode.SPACE);
            place.console().await(() -> shows("stop"));
        };
    }
}
