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
import java.util.stream.Stream;

/// What can be done on Queues and jobs.
final class QueueActions {
    private static final String JOB = Paths.JOBS + "/job-100000";

    private QueueActions() {}

    static List<Action> all() {
        return Stream.of(queuesAndJobs(), holds(), life()).flatMap(List::stream).toList();
    }

    /// What is paused, let go on and limited.
    private static List<Action> holds() {
        var work = new MuchData(NOW).work();
        var hold = work.holds().getFirst();
        var type = work.types().getFirst();
        String queue = Paths.QUEUES + "/mail";
        String types = Paths.JOB_TYPES;
        Step paused = Steps.first("queues");
        Step typesTab = Steps.tab("queueTabs", 1);
        Step render =
                typesTab.then(Steps.first("types")).then(place -> place.keys().press(KeyCode.DOWN));
        Step mail = typesTab.then(Steps.first("types"));
        return List.of(
                on(QUEUES, "queueTabs").by(KeyCode.RIGHT).shows(_ -> shows("types")),
                on(QUEUES, "pauseQueue")
                        .given(paused)
                        .asking()
                        .commands("POST " + queue + "/pause", hold),
                on(QUEUES, "resumeQueue").given(paused).commands("POST " + queue + "/resume", hold),
                on(QUEUES, "types")
                        .given(typesTab)
                        .by("Home", Steps.first("types"))
                        .shows(Steps.rowChosen("types")),
                on(QUEUES, "types")
                        .given(typesTab)
                        .by("S", Steps.sort("types"))
                        .shows(Steps.sorted("types")),
                on(QUEUES, "pauseType")
                        .given(render)
                        .asking()
                        .commands("POST " + types + "/invoice.render/pause", hold),
                on(QUEUES, "resumeType")
                        .given(render)
                        .commands("POST " + types + "/invoice.render/resume", hold),
                on(QUEUES, "most")
                        .given(mail)
                        .by("typing", Steps.type("most", "7"))
                        .shows(Steps.holds("most", "7")),
                on(QUEUES, "most")
                        .given(mail)
                        .by(KeyCode.ENTER)
                        .like("setMost")
                        .commands("PUT " + types + "/invoice.mail/limit", type),
                on(QUEUES, "setMost")
                        .given(mail)
                        .commands("PUT " + types + "/invoice.mail/limit", type));
    }

    /// The selected job's attempts and its end.
    private static List<Action> life() {
        var running = new MuchData(NOW).work().jobs(2).getLast();
        Step chosen = Steps.first("table");
        Step tab = chosen.then(Steps.tab("jobTabs", 1));
        return List.of(
                on(QUEUES, "cancelJob")
                        .given(chosen.then(place -> place.keys().press(KeyCode.DOWN)))
                        .asking()
                        .commands("POST " + Paths.JOBS + "/job-100001/cancel", running),
                on(QUEUES, "jobTabs")
                        .given(chosen)
                        .by(KeyCode.RIGHT)
                        .shows(_ -> shows("attemptTable")),
                on(QUEUES, "attemptTable")
                        .given(tab)
                        .by("Home", Steps.first("attemptTable"))
                        .shows(Steps.rowChosen("attemptTable")),
                on(QUEUES, "attemptTable")
                        .given(tab)
                        .by("S", Steps.sort("attemptTable"))
                        .shows(Steps.sorted("attemptTable")));
    }

    private static List<Action> queuesAndJobs() {
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
