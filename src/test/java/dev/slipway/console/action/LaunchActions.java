package dev.slipway.console.action;

import static dev.slipway.console.action.Action.on;
import static dev.slipway.console.shell.Screen.LAUNCH;
import static dev.slipway.testing.Workplace.NOW;

import dev.slipway.api.Paths;
import dev.slipway.api.events.Kind;
import dev.slipway.client.offline.Document;
import dev.slipway.console.action.Action.Step;
import dev.slipway.console.launch.LaunchViewModel;
import dev.slipway.testing.MuchData;
import dev.slipway.testing.ShopData;

import javafx.scene.input.KeyCode;

import java.util.ArrayList;
import java.util.List;

/// What can be done on Launch.
final class LaunchActions {
    private static final String WEIGHT = "PUT " + Paths.LAUNCH_WEIGHT;
    private static final String HOLD = "POST " + Paths.LAUNCH_HOLD;
    private static final String RESUME = "POST " + Paths.LAUNCH_RESUME;

    private LaunchActions() {}

    static List<Action> all() {
        var launch = new MuchData(NOW).launch();
        Step ramping = LaunchActions::ramping;
        Step reason = Steps.type("reason", "p95 is fine");
        Step chosen =
                ramping.then(p -> p.keys().tabTo("step-50").press(KeyCode.SPACE)).then(reason);
        List<Action> all = new ArrayList<>();
        for (int percent : LaunchViewModel.STEPS) {
            String id = "step-" + percent;
            all.add(
                    on(LAUNCH, id)
                            .given(p -> p.keys().tabTo("step-plus").press(KeyCode.SPACE))
                            .shows(Steps.holds("set", percent + " %")));
        }
        all.add(on(LAUNCH, "step-minus").shows(Steps.holds("set", "24 %")));
        all.add(on(LAUNCH, "step-plus").shows(Steps.holds("set", "26 %")));
        all.add(on(LAUNCH, "reason").by("typing", reason).shows(Steps.holds("reason", "p95")));
        all.add(on(LAUNCH, "set").given(chosen).commands(WEIGHT, launch));
        all.add(
                on(LAUNCH, "reason")
                        .given(chosen)
                        .by(KeyCode.ENTER)
                        .like("set")
                        .commands(WEIGHT, launch));
        all.add(
                on(LAUNCH, "set")
                        .given(chosen)
                        .byChord("Ctrl+Enter", KeyCode.ENTER, KeyCode.CONTROL)
                        .commands(WEIGHT, launch));
        all.add(on(LAUNCH, "hold").given(ramping).commands(HOLD, launch));
        all.add(
                on(LAUNCH, "hold")
                        .given(ramping)
                        .byChord("Ctrl+Shift+H", KeyCode.H, KeyCode.CONTROL, KeyCode.SHIFT)
                        .commands(HOLD, launch));
        all.add(
                on(LAUNCH, "hold")
                        .given(reason)
                        .by("Space", Action.on(LAUNCH, "hold").keys())
                        .commands(RESUME, launch));
        all.add(
                on(LAUNCH, "rollBack")
                        .commands("POST " + Paths.LAUNCH_ROLLBACK, launch, "outcome", true));
        return all;
    }

    /// A launch that is not held.
    private static void ramping(dev.slipway.testing.Workplace place) throws Exception {
        Document launch =
                new ShopData(NOW)
                        .all().stream()
                                .filter(document -> document.kind() == Kind.LAUNCH)
                                .findFirst()
                                .orElseThrow();
        place.console().store().take("2", List.of(launch));
        place.breathe();
    }
}
