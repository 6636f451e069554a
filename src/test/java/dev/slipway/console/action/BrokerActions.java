package dev.slipway.console.action;

import static dev.slipway.console.action.Action.on;
import static dev.slipway.console.shell.Screen.BROKERS;
import static dev.slipway.testing.Workplace.closed;
import static dev.slipway.testing.Workplace.rows;

import dev.slipway.api.Paths;
import dev.slipway.api.access.Role;
import dev.slipway.api.brokers.MoveStarted;
import dev.slipway.console.action.Action.Step;

import javafx.scene.input.KeyCode;

import java.time.Duration;
import java.util.List;

/// What can be done on Brokers.
final class BrokerActions {
    private static final String SHOP = Paths.BROKERS + "/shop";
    private static final String LOOK = "POST " + SHOP + "/look";
    private static final String PREVIEW = "POST " + SHOP + "/moves/preview";
    private static final String MOVE = "POST " + SHOP + "/moves";

    private BrokerActions() {}

    static List<Action> all() {
        // the queue that is down comes first, the one with the dead letters next
        Step queue = Steps.first("brokerQueues").then(place -> place.keys().press(KeyCode.DOWN));
        Step looked =
                queue.then(
                        place -> {
                            place.console().await(() -> !closed("look"));
                            place.keys().tabTo("look").press(KeyCode.SPACE);
                            place.console().await(() -> rows("deadMessages") > 0);
                        });
        // what was looked at stays when the line is cut
        Step lookedBefore =
                place -> {
                    place.console().online(Role.ADMIN);
                    looked.at(place);
                    place.console().offline(Duration.ofSeconds(42));
                };
        Step previewed =
                place -> {
                    place.console().await(() -> !closed("previewMove"));
                    place.keys().tabTo("previewMove").press(KeyCode.SPACE);
                    // of what is chosen, or of all
                    place.console().await(() -> !closed("moveAll") || !closed("moveChosen"));
                };
        Step chosen = looked.then(Steps.first("deadMessages"));
        var started = new MoveStarted("01j-move", 4_182);
        return List.of(
                on(BROKERS, "brokerText")
                        .by("typing", Steps.type("brokerText", "vendor"))
                        .shows(_ -> rows("brokerQueues") == 18),
                on(BROKERS, "brokerQueues")
                        .by("Home", Steps.first("brokerQueues"))
                        .shows(Steps.rowChosen("brokerQueues")),
                on(BROKERS, "brokerQueues")
                        .by("S", Steps.sort("brokerQueues"))
                        .shows(Steps.sorted("brokerQueues")),
                on(BROKERS, "look").given(queue).questions(LOOK),
                on(BROKERS, "lookCount").by(KeyCode.DOWN).shows(Steps.chosen("lookCount", 200)),
                on(BROKERS, "deadMessages")
                        .given(lookedBefore)
                        .by("Home", Steps.first("deadMessages"))
                        .shows(Steps.rowChosen("deadMessages")),
                on(BROKERS, "deadMessages")
                        .given(lookedBefore)
                        .by("S", Steps.sort("deadMessages"))
                        .shows(Steps.sorted("deadMessages")),
                on(BROKERS, "despiteLimit")
                        .given(Steps.type("brokerText", "orders").then(queue))
                        .shows(Steps.ticked("despiteLimit")),
                on(BROKERS, "via").by(KeyCode.DOWN).shows(Steps.chosen("via", "EXCHANGE")),
                on(BROKERS, "moveRate").by(KeyCode.DOWN).shows(Steps.chosen("moveRate", 200)),
                on(BROKERS, "previewMove").given(queue).questions(PREVIEW),
                on(BROKERS, "moveChosen")
                        .given(chosen.then(previewed))
                        .asking()
                        .commands(MOVE, started),
                on(BROKERS, "moveAll")
                        .given(queue.then(previewed))
                        .asking()
                        .commands(MOVE, started));
    }
}
