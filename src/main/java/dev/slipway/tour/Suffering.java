package dev.slipway.tour;

import static javafx.scene.input.KeyCode.CONTROL;
import static javafx.scene.input.KeyCode.DIGIT1;
import static javafx.scene.input.KeyCode.DIGIT2;

import dev.slipway.api.metrics.Latency;
import dev.slipway.api.metrics.Pool;

import java.time.Duration;

/// The legacy shop as it is: every visitor goes there.
final class Suffering implements Stop {
    /// Enough for a p95 to mean something.
    private static final int ENOUGH = 60;

    private static final Duration PATIENCE = Duration.ofMinutes(6);

    @Override
    public String title() {
        return "See the legacy shop suffer";
    }

    @Override
    public void walk(Walk scene) throws Exception {
        Hand hand = scene.hand();
        scene.pictures().take("starting");
        scene.world().parts(); // waits until the world is up
        hand.until("the console live", PATIENCE, () -> !hand.onUi(() -> hand.shows("#banner")));
        hand.press(CONTROL, DIGIT1);
        Latency[] before = {Latency.NONE};
        hand.until(
                ENOUGH + " requests measured at the legacy shop",
                PATIENCE,
                () -> {
                    before[0] = Checked.get(() -> legacy(scene));
                    return before[0].n() >= ENOUGH;
                });
        Figures.write(scene.part("before").putObject("legacy"), before[0]);
        scene.part("before")
                .put("failed", Figures.errors(scene.backend(), Pool.LEGACY, Duration.ofMinutes(5)));
        scene.pictures().take("overview");
        hand.press(CONTROL, DIGIT2);
        hand.see("#chart");
        scene.pictures().take("response-times");
    }

    private static Latency legacy(Walk scene) throws Exception {
        return Figures.latency(scene.backend(), Pool.LEGACY, Figures.ALL, Duration.ofMinutes(5));
    }
}
