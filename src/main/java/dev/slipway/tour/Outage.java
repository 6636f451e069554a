package dev.slipway.tour;

import static javafx.scene.input.KeyCode.CONTROL;
import static javafx.scene.input.KeyCode.DIGIT1;
import static javafx.scene.input.KeyCode.DIGIT4;
import static javafx.scene.input.KeyCode.DIGIT5;

import java.time.Duration;
import java.time.Instant;

/// Loses the backend, sees everything still standing there, and gets it back.
final class Outage implements Stop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String title() {
        return "Lose the backend, get it back";
    }

    @Override
    public void walk(Walk scene) {
        Hand hand = scene.hand();
        int heartbeat = Checked.get(() -> scene.backend().health()).heartbeat();
        scene.world().stopBackend();
        Instant killed = Instant.now();
        hand.see("#banner", node -> true, PATIENCE);
        double noticed = Duration.between(killed, Instant.now()).toMillis() / 1e3;
        scene.part("outage").put("noticedAfterSeconds", noticed).put("heartbeat", heartbeat);
        hand.press(CONTROL, DIGIT1);
        scene.pictures().take("offline-overview");
        hand.press(CONTROL, DIGIT4);
        scene.pictures().take("offline-migration");
        hand.press(CONTROL, DIGIT5);
        scene.pictures().take("offline-invoices");
        scene.world().startBackend();
        Instant started = Instant.now();
        hand.until(
                "the console back on line",
                PATIENCE,
                () -> !hand.onUi(() -> hand.shows("#banner")));
        scene.part("outage")
                .put("backAfterSeconds", Duration.between(started, Instant.now()).toMillis() / 1e3);
        hand.press(CONTROL, DIGIT1);
        scene.pictures().take("back");
    }
}
