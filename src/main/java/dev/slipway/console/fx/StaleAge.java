package dev.slipway.console.fx;

import dev.slipway.client.offline.LoadState;

import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.control.Label;
import javafx.util.Duration;

import java.time.Instant;
import java.time.InstantSource;

/// How long figures have been stale, counting; nothing while they are fresh. [LoadPane] has one of
/// its own; figures outside of any have one beside them.
public final class StaleAge extends Label {
    private final Timeline clockwork = new Timeline();
    private InstantSource clock = InstantSource.system();
    private LoadState<?> state = new LoadState.Idle<>();

    public StaleAge() {
        getStyleClass().addAll("badge", "stale-age");
        setMinWidth(USE_PREF_SIZE);
        clockwork.getKeyFrames().add(new KeyFrame(Duration.seconds(1), _ -> update()));
        clockwork.setCycleCount(Animation.INDEFINITE);
        sceneProperty().addListener(_ -> run());
        show(state);
    }

    /// What ages are counted by.
    public void setClock(InstantSource source) {
        clock = source;
        update();
    }

    public void show(LoadState<?> now) {
        state = now;
        boolean stale = now instanceof LoadState.Stale<?>;
        setVisible(stale);
        setManaged(stale);
        update();
        run();
    }

    private void update() {
        if (state instanceof LoadState.Stale<?> stale) {
            var age = java.time.Duration.between(stale.since(), clock.instant());
            boolean never = stale.since().equals(Instant.EPOCH);
            setText(never ? "stale" : "stale " + Format.age(age));
        }
    }

    private void run() {
        if (getScene() != null && state instanceof LoadState.Stale<?>) {
            clockwork.play();
        } else {
            clockwork.stop();
        }
    }
}
