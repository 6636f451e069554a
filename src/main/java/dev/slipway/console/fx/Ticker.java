package dev.slipway.console.fx;

import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Duration;

import java.time.Instant;
import java.time.InstantSource;

/// The time, once a second, on the UI thread: what makes ages grow.
public final class Ticker {
    private final InstantSource clock;
    private final ReadOnlyObjectWrapper<Instant> now;
    private final Timeline timeline;

    public Ticker(InstantSource clock) {
        this.clock = clock;
        this.now = new ReadOnlyObjectWrapper<>(clock.instant());
        this.timeline = new Timeline(new KeyFrame(Duration.seconds(1), _ -> tick()));
        timeline.setCycleCount(Animation.INDEFINITE);
    }

    public void start() {
        tick();
        timeline.play();
    }

    public void stop() {
        timeline.stop();
    }

    public ReadOnlyObjectProperty<Instant> now() {
        return now.getReadOnlyProperty();
    }

    private void tick() {
        now.set(clock.instant());
    }
}
