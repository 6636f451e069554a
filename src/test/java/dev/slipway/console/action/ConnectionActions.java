package dev.slipway.console.action;

import static dev.slipway.console.action.Action.on;
import static dev.slipway.console.shell.Screen.CONNECTIONS;
import static dev.slipway.testing.Workplace.closed;
import static dev.slipway.testing.Workplace.text;

import dev.slipway.console.action.Action.Look;
import dev.slipway.console.action.Action.Step;
import dev.slipway.testing.Workplace;

import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;

import java.nio.file.Path;
import java.util.List;

/// What can be done on Connections. All of it is this machine's own affair and needs no backend.
final class ConnectionActions {
    private ConnectionActions() {}

    static List<Action> all() {
        Step saved = ConnectionActions::saved;
        Step choosen = saved.then(ConnectionActions::listed);
        return List.of(
                on(CONNECTIONS, "list")
                        .given(saved)
                        .by("Home", ConnectionActions::listed)
                        .shows(_ -> !closed("remove")),
                on(CONNECTIONS, "open").given(choosen).shows(opened()),
                on(CONNECTIONS, "list").given(choosen).by(KeyCode.ENTER).shows(opened()),
                on(CONNECTIONS, "remove").given(choosen).shows(place -> known(place) == 0),
                on(CONNECTIONS, "name")
                        .by("typing", Steps.type("name", "b"))
                        .shows(Steps.holds("name", "b")),
                on(CONNECTIONS, "url")
                        .by("typing", Steps.type("url", "http"))
                        .shows(Steps.holds("url", "http")),
                on(CONNECTIONS, "tokenFile")
                        .by("typing", Steps.type("tokenFile", "token"))
                        .shows(Steps.holds("tokenFile", "token")),
                on(CONNECTIONS, "choose")
                        .given(place -> place.console().files().choose(Path.of("chosen.json")))
                        .shows(Steps.holds("tokenFile", "chosen.json")),
                on(CONNECTIONS, "save")
                        .given(ConnectionActions::filled)
                        .shows(place -> known(place) == 1),
                on(CONNECTIONS, "stopBackend").shows(sandbox("stop")),
                on(CONNECTIONS, "startBackend").shows(sandbox("start")),
                on(CONNECTIONS, "visitors")
                        .by(KeyCode.RIGHT)
                        .shows(Steps.holds("visitorsText", "2.0")),
                on(CONNECTIONS, "setVisitors").shows(sandbox("visitors 1.0")));
    }

    private static void filled(Workplace place) throws Exception {
        place.keys().tabTo("name").type("shop b");
        place.keys().tabTo("url").type("http://127.0.0.1:8");
    }

    private static void saved(Workplace place) throws Exception {
        filled(place);
        place.keys().tabTo("save").press(KeyCode.SPACE);
        place.console().await(() -> text("error").isEmpty());
        place.keys().tabTo("name");
    }

    private static void listed(Workplace place) throws Exception {
        place.keys().tabTo("list").press(KeyCode.HOME);
    }

    private static int known(Workplace place) throws Exception {
        return place.see("list", ListView.class).getItems().size();
    }

    private static Look opened() {
        return place -> place.console().opened().size() == 1;
    }

    private static Look sandbox(String asked) {
        return place -> place.sandbox().contains(asked);
    }
}
