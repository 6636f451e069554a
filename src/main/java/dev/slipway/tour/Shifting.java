package dev.slipway.tour;

import static javafx.scene.input.KeyCode.CONTROL;
import static javafx.scene.input.KeyCode.DIGIT1;
import static javafx.scene.input.KeyCode.DIGIT2;
import static javafx.scene.input.KeyCode.DIGIT6;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.slipway.api.metrics.Latency;
import dev.slipway.api.metrics.Pool;

import java.time.Duration;
import java.util.List;

/// Brings the visitors to the new shop, share by share.
final class Shifting implements Stop {
    private static final List<Integer> SHARES = List.of(10, 50, 100);
    private static final int ENOUGH = 60;
    private static final int FASTER = 10;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @Override
    public String title() {
        return "Shift the traffic from 0 to 100 %";
    }

    @Override
    public void walk(Walk scene) throws Exception {
        Hand hand = scene.hand();
        scene.world().visitors(1);
        hand.press(CONTROL, DIGIT6);
        for (int share : SHARES) {
            hand.click("#step-" + share);
            hand.type("#reason", "tour to " + share);
            hand.click("#set");
            hand.until(
                    "the router report " + share + " %",
                    Duration.ofSeconds(30),
                    () -> {
                        Integer reported =
                                Checked.get(() -> scene.backend().launch().now()).reported();
                        return reported != null && reported == share;
                    });
            scene.pictures().take("launch-" + share);
        }
        Latency[] after = {Latency.NONE};
        hand.until(
                ENOUGH + " requests measured at the new shop alone",
                PATIENCE,
                () -> {
                    after[0] = Checked.get(() -> latency(scene, Pool.NEW));
                    return after[0].n() >= ENOUGH
                            && Checked.get(() -> latency(scene, Pool.LEGACY)).n() == 0;
                });
        report(scene, after[0]);
        scene.pictures().take("launched");
        hand.press(CONTROL, DIGIT2);
        hand.see("#chart");
        scene.pictures().take("response-times-after");
        hand.press(CONTROL, DIGIT1);
        scene.pictures().take("overview-after");
    }

    private static Latency latency(Walk scene, Pool pool) throws Exception {
        return Figures.latency(scene.backend(), pool, Figures.ALL, WINDOW);
    }

    private static void report(Walk scene, Latency after) throws Exception {
        ObjectNode part = scene.part("after");
        Figures.write(part.putObject("new"), after);
        long failed = Figures.errors(scene.backend(), Pool.NEW, Duration.ofHours(1));
        part.put("failedInNewPool", failed);
        part.put(
                "failedInLegacyPool",
                Figures.errors(scene.backend(), Pool.LEGACY, Duration.ofHours(1)));
        double before = scene.part("before").path("legacy").path("p95").asDouble();
        part.put("p95Ratio", before / after.p95());
        if (failed > 0) {
            throw new TourFailed(failed + " requests failed in the new pool");
        }
        if (before < FASTER * after.p95()) {
            throw new TourFailed(
                    "p95 was " + before + " ms and is " + after.p95() + " ms: not a tenth");
        }
    }
}
