package dev.slipway.console.action;

import static dev.slipway.console.action.Action.on;
import static dev.slipway.console.shell.Screen.QUEUES;
import static dev.slipway.testing.Workplace.NOW;
import static dev.slipway.testing.Workplace.shows;
import static dev.slipway.testing.Workplace.text;

import dev.slipway.api.Paths;
import dev.slipway.console.action.Action.Step;
import dev.slipway.testing.MuchData;

import javafx.scene.input.KeyCode;

import java.util.List;

/// What can be done on Queues and jobs.
final class QueueActions {
    private static final String JOB = Paths.JOBS + "/job-100000";

    private QueueActions() {}

    static List<Action> all() {
        var job = new MuchData(NOW).work().jobs(1).getFirst();
        Step fault = Steps.first("failures");
        Step chosen = Steps.first("table");
        return List.of(
                on(QUEUES, "queues")
                        .by("Home", Steps.first("queues"))
                        .shows(Steps.rowChosen("queues")),
                on(QUEUES, "queues").by("S", Steps.sort("queues")).shows(Steps.sorted("queues")),
                on(QUEUES, "failures")
                        .by("S", Steps.sort("failures"))
                        .shows(Steps.sorted("failures")),
                on(QUEUES, "table").by("S", Steps.sort("table")).shows(Steps.sorted("table")),
                on(QUEUES, "log")
                        .given(chosen)
                        .by("S", Steps.sort("log"))
                        .shows(Steps.sorted("log")),
                on(QUEUES, "failures").by("Home", fault).shows(Steps.rowChosen("failures")),
                on(QUEUES, "failures").given(fault).by(KeyCode.ENTER).shows(_ -> shows("fault")),
                on(QUEUES, "showFault").given(fault).shows(_ -> shows("fault")),
                on(QUEUES, "queue").by(KeyCode.DOWN).shows(Steps.chosen("queue", "invoice")),
                on(QUEUES, "state").by(KeyCode.DOWN).shows(Steps.chosen("state", "READY")),
                on(QUEUES, "text")
                        .by("typing", Steps.type("text", "550"))
                        .shows(Steps.holds("text", "550")),
                on(QUEUES, "clear")
                        .given(Steps.type("text", "550"))
                        .shows(_ -> text("text").isEmpty()),
                on(QUEUES, "table").by("Home", chosen).shows(Steps.rowChosen("table")),
                on(QUEUES, "retry").given(chosen).commands("POST " + JOB + "/retry", job),
                on(QUEUES, "table")
                        .given(chosen)
                        .by(KeyCode.R, KeyCode.CONTROL)
                        .like("retry")
                        .commands("POST " + JOB + "/retry", job),
                on(QUEUES, "discard")
                        .given(chosen)
                        .asking()
                        .commands("POST " + JOB + "/discard", job),
                on(QUEUES, "table")
                        .given(chosen)
                        .by(KeyCode.DELETE)
                        .like("discard")
                        .asking()
                        .commands("POST " + JOB + "/discard", job),
                on(QUEUES, "more").questions("GET " + Paths.JOBS),
                on(QUEUES, "logMore").given(chosen).questions("GET " + JOB + "/log"),
                on(QUEUES, "log")
                        .given(chosen)
                        .by("Home", Steps.first("log"))
                        .shows(Steps.rowChosen("log")));
    }
}
