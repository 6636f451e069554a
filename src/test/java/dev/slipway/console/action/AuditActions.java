package dev.slipway.console.action;

import static dev.slipway.console.action.Action.on;
import static dev.slipway.console.shell.Screen.AUDIT;
import static dev.slipway.testing.Workplace.rows;

import dev.slipway.api.Paths;

import java.util.List;

/// What can be done on the audit log.
final class AuditActions {
    private AuditActions() {}

    static List<Action> all() {
        return List.of(
                on(AUDIT, "text")
                        .by("typing", Steps.type("text", "job-59"))
                        .shows(_ -> rows("table") == 1),
                on(AUDIT, "refused").shows(_ -> rows("table") == 7),
                on(AUDIT, "table").by("S", Steps.sort("table")).shows(Steps.sorted("table")),
                on(AUDIT, "table").by("Home", Steps.first("table")).shows(Steps.rowChosen("table")),
                on(AUDIT, "more").questions("GET " + Paths.AUDIT));
    }
}
