package dev.slipway.console.action;

import static dev.slipway.console.action.Action.on;
import static dev.slipway.console.shell.Screen.QUEUES;
import static dev.slipway.testing.Workplace.NOW;
import static dev.slipway.testing.Workplace.shows;
import static dev.slipway.testing.Workplace.text;

import dev.slipway.api.Paths;
import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.RepairState;
import dev.slipway.client.offline.Document;
import dev.slipway.console.action.Action.Step;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.MuchData;

import javafx.scene.input.KeyCode;

import java.util.List;
import java.util.stream.Stream;

/// What can be done on Queues and jobs.
final class QueueActions {
    private static final String JOB = Paths.JOBS + "/job-100000";

    private static final String REPAIR = Paths.REPAIRS + "/repair-1";
    private static final Step ALL =
            place -> {
                place.keys().tabTo("allMatching").press(KeyCode.SPACE);
                place.console().await(() -> shows("repairCount"));
            };

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
        // below the two in which jobs failed for good
        Step paused = Steps.row("queues", 2);
        Step typesTab = Steps.tab("queueTabs", 1);
        Step costsTab = Steps.tab("queueTabs", 2);
        Step render = typesTab.then(Steps.row("types", 1));
        Step mail = typesTab.then(Steps.first("types"));
        return List.of(
                on(QUEUES, "queueTabs").by(KeyCode.RIGHT).shows(_ -> shows("types")),
                on(QUEUES, "queueTabs").by("Right twice", costsTab).shows(_ -> shows("costs")),
                on(QUEUES, "costs")
                        .given(costsTab)
                        .by("Home", Steps.first("costs"))
                        .shows(Steps.rowChosen("costs")),
                on(QUEUES, "costs")
                        .given(costsTab)
                        .by("S", Steps.sort("costs"))
                        .shows(Steps.sorted("costs")),
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
                on(QUEUES, "jobType")
                        .by(KeyCode.DOWN)
                        .shows(Steps.chosen("jobType", "invoice.mail")),
                on(QUEUES, "failedFrom")
                        .by("typing", Steps.type("failedFrom", "2h"))
                        .shows(Steps.holds("failedFrom", "2h")),
                on(QUEUES, "failedTo")
                        .by("typing", Steps.type("failedTo", "02:30"))
                        .shows(Steps.holds("failedTo", "02:30")),
                on(QUEUES, "allMatching").shows(_ -> shows("repairCount")),
                on(QUEUES, "table")
                        .by(KeyCode.M, KeyCode.CONTROL)
                        .like("allMatching")
                        .shows(_ -> shows("repairCount")),
                on(QUEUES, "repairAct")
                        .given(ALL)
                        .by(KeyCode.DOWN)
                        .shows(Steps.chosen("repairAct", "DISCARD")),
                on(QUEUES, "repairTarget")
                        .given(
                                ALL.then(
                                        place ->
                                                place.keys()
                                                        .tabTo("repairAct")
                                                        .press(KeyCode.DOWN)
                                                        .press(KeyCode.DOWN)))
                        .by("typing", Steps.type("repairTarget", "hospital"))
                        .shows(Steps.holds("repairTarget", "hospital")),
                on(QUEUES, "repairRate")
                        .given(ALL)
                        .by("typing", Steps.type("repairRate", "55"))
                        .shows(Steps.holds("repairRate", "55")),
                on(QUEUES, "repairProbe")
                        .given(ALL)
                        .by("typing", Steps.type("repairProbe", "3"))
                        .shows(Steps.holds("repairProbe", "3")),
                on(QUEUES, "repairStop")
                        .given(ALL)
                        .by("typing", Steps.type("repairStop", "25"))
                        .shows(Steps.holds("repairStop", "25")),
                on(QUEUES, "repairCount")
                        .given(ALL)
                        .commands("POST " + Paths.REPAIRS, repair(RepairState.COUNTED)),
                on(QUEUES, "repairStart")
                        .given(has(RepairState.COUNTED))
                        .asking()
                        .commands("POST " + REPAIR + "/start", repair(RepairState.PROBING)),
                on(QUEUES, "repairPause")
                        .given(has(RepairState.RUNNING))
                        .commands("POST " + REPAIR + "/pause", repair(RepairState.PAUSED)),
                on(QUEUES, "repairResume")
                        .given(has(RepairState.PAUSED))
                        .commands("POST " + REPAIR + "/resume", repair(RepairState.PROBING)),
                on(QUEUES, "repairCancel")
                        .given(has(RepairState.RUNNING))
                        .commands("POST " + REPAIR + "/cancel", repair(RepairState.CANCELLED)),
                on(QUEUES, "log")
                        .given(chosen)
                        .by("Home", Steps.first("log"))
                        .shows(Steps.rowChosen("log")));
    }

    private static Repair repair(RepairState state) {
        return new MuchData(NOW).work().repair(state);
    }

    /// Brings a repair in a state, and opens it where it does not open by itself.
    private static Step has(RepairState state) {
        return place -> {
            place.console()
                    .store()
                    .take("2", List.of(Document.of(Kind.REPAIR, "repair-1", repair(state))));
            place.breathe();
            if (!ConsoleHarness.onUi(() -> shows("repairCount"))) {
                ALL.at(place);
            }
        };
    }
}
