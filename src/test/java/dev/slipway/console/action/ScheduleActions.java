package dev.slipway.console.action;

import static dev.slipway.console.action.Action.on;
import static dev.slipway.console.shell.Screen.SCHEDULES;
import static dev.slipway.testing.Workplace.NOW;
import static dev.slipway.testing.Workplace.rows;
import static dev.slipway.testing.Workplace.shows;

import dev.slipway.api.Paths;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.console.action.Action.Step;
import dev.slipway.testing.MuchSchedules;

import javafx.scene.control.ComboBoxBase;
import javafx.scene.input.KeyCode;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// What can be done on Schedules.
final class ScheduleActions {
    private static final String ONE = Paths.SCHEDULES + "/" + MuchSchedules.WORST;

    private ScheduleActions() {}

    static List<Action> all() {
        List<Action> all = new ArrayList<>();
        all.addAll(lists());
        all.addAll(commands());
        all.addAll(calendar());
        all.addAll(editor());
        return all;
    }

    private static Step chosen() {
        return Steps.first("schedules");
    }

    private static List<Action> lists() {
        return List.of(
                on(SCHEDULES, "schedules").by("Home", chosen()).shows(Steps.rowChosen("schedules")),
                on(SCHEDULES, "schedules")
                        .by("S", Steps.sort("schedules"))
                        .shows(Steps.sorted("schedules")),
                on(SCHEDULES, "planned")
                        .given(chosen())
                        .by("Home", Steps.first("planned"))
                        .shows(Steps.rowChosen("planned")),
                on(SCHEDULES, "planned")
                        .given(chosen())
                        .by("S", Steps.sort("planned"))
                        .shows(Steps.sorted("planned")),
                on(SCHEDULES, "history")
                        .given(chosen().then(history()))
                        .by("Home", Steps.first("history"))
                        .shows(Steps.rowChosen("history")),
                on(SCHEDULES, "history")
                        .given(chosen().then(history()))
                        .by("S", Steps.sort("history"))
                        .shows(Steps.sorted("history")));
    }

    /// What happened to it comes a moment after it is chosen.
    private static Step history() {
        return place -> place.console().await(() -> rows("history") > 1);
    }

    private static List<Action> commands() {
        Schedule schedule = new MuchSchedules(NOW).schedules().get(1);
        ScheduleRun run = new MuchSchedules(NOW).runs().getFirst();
        Step older =
                chosen().then(history())
                        .then(
                                place -> {
                                    place.keys().tabTo("history").press(KeyCode.END);
                                });
        return List.of(
                on(SCHEDULES, "reason")
                        .by("typing", Steps.type("reason", "backup"))
                        .shows(Steps.holds("reason", "backup")),
                on(SCHEDULES, "length").by(KeyCode.DOWN).shows(Steps.chosen("length", "AN_HOUR")),
                on(SCHEDULES, "date")
                        .given(chosen())
                        .by("typing", date("2026-11-20"))
                        .shows(Steps.chosen("date", "2026-11-20")),
                on(SCHEDULES, "pause")
                        .given(chosen().then(Steps.type("reason", "backup")))
                        .commands("POST " + ONE + "/pause", schedule),
                on(SCHEDULES, "run")
                        .given(chosen())
                        .asking()
                        .commands("POST " + ONE + "/runs", run),
                on(SCHEDULES, "skip")
                        .given(chosen().then(date("2026-11-22")))
                        .commands("POST " + ONE + "/skip", run),
                on(SCHEDULES, "remove")
                        .given(chosen())
                        .asking()
                        .commands("DELETE " + ONE, schedule),
                on(SCHEDULES, "restore")
                        .given(older)
                        .commands("POST " + ONE + "/restore", schedule));
    }

    private static Step date(String typed) {
        return place ->
                place.keys()
                        .tabTo("date")
                        .press(KeyCode.A, KeyCode.CONTROL)
                        .type(typed)
                        .press(KeyCode.ENTER);
    }

    private static List<Action> calendar() {
        return List.of(
                on(SCHEDULES, "calendar")
                        .given(chosen())
                        .by(KeyCode.LEFT)
                        .shows(Steps.holds("about", "2026-11-18: done")),
                on(SCHEDULES, "calendar")
                        .given(chosen())
                        .by(KeyCode.PAGE_UP)
                        .shows(Steps.holds("month", "October 2026")),
                on(SCHEDULES, "before").shows(Steps.holds("month", "October 2026")),
                on(SCHEDULES, "after").shows(Steps.holds("month", "December 2026")));
    }

    private static List<Action> editor() {
        Schedule schedule = new MuchSchedules(NOW).schedules().get(1);
        Step fresh =
                place -> {
                    place.keys().tabTo("add").press(KeyCode.SPACE);
                    place.console().await(() -> shows("editCron"));
                };
        Step named = fresh.then(Steps.type("editName", "nightly"));
        return List.of(
                on(SCHEDULES, "add").shows(_ -> shows("editCron")),
                on(SCHEDULES, "change").given(chosen()).shows(_ -> shows("editCron")),
                on(SCHEDULES, "cancel").given(fresh).shows(_ -> !shows("editCron")),
                typed(fresh, "editName", "nightly"),
                typed(fresh, "editCron", "5 4 * * 1"),
                typed(fresh, "editDaysBack", "2"),
                typed(fresh, "editGrace", "90"),
                typed(fresh, "editReason", "wanted"),
                on(SCHEDULES, "editZone")
                        .given(fresh)
                        .by(KeyCode.DOWN)
                        .shows(
                                place ->
                                        !ZoneId.systemDefault()
                                                .getId()
                                                .equals(
                                                        place.see("editZone", ComboBoxBase.class)
                                                                .getValue())),
                on(SCHEDULES, "editTask")
                        .given(fresh)
                        .by(KeyCode.DOWN)
                        .shows(Steps.chosen("editTask", "invoices.draft")),
                on(SCHEDULES, "editCatchUp")
                        .given(fresh)
                        .by(KeyCode.DOWN)
                        .shows(Steps.chosen("editCatchUp", "NONE")),
                on(SCHEDULES, "editOverlap")
                        .given(fresh)
                        .by(KeyCode.DOWN)
                        .shows(Steps.chosen("editOverlap", "SKIP")),
                on(SCHEDULES, "editEnabled")
                        .given(fresh)
                        .shows(place -> !Steps.ticked("editEnabled").at(place)),
                on(SCHEDULES, "save").given(named).commands("POST " + Paths.SCHEDULES, schedule));
    }

    private static Action typed(Step given, String field, String text) {
        return on(SCHEDULES, field)
                .given(given)
                .by(
                        "typing",
                        place ->
                                place.keys()
                                        .tabTo(field)
                                        .press(KeyCode.A, KeyCode.CONTROL)
                                        .type(text))
                .shows(Steps.holds(field, text));
    }
}
