package dev.slipway.console.action;

import static dev.slipway.console.action.Action.on;
import static dev.slipway.console.shell.Screen.RESPONSE_TIMES;

import java.util.ArrayList;
import java.util.List;

/// What can be done on Response times.
final class MetricsActions {
    private MetricsActions() {}

    static List<Action> all() {
        List<Action> all = new ArrayList<>();
        all.add(on(RESPONSE_TIMES, "logScale").shows(Steps.ticked("logScale")));
        List<String> ranges = List.of("minutes-5", "minutes-15", "hour", "day");
        for (int i = 0; i < ranges.size(); i++) {
            // the second is chosen at first
            int from = i == 1 ? 2 : 1;
            String before = "range-" + ranges.get(from);
            String id = "range-" + ranges.get(i);
            all.add(
                    on(RESPONSE_TIMES, id)
                            .given(Steps.along("range-minutes-15", from - 1))
                            .by("arrows", Steps.along(before, i - from))
                            .shows(Steps.on(id)));
        }
        all.add(
                on(RESPONSE_TIMES, "table")
                        .by("Home", Steps.first("table"))
                        .shows(Steps.rowChosen("table")));
        all.add(
                on(RESPONSE_TIMES, "table")
                        .by("S", Steps.sort("table"))
                        .shows(Steps.sorted("table")));
        return all;
    }
}
