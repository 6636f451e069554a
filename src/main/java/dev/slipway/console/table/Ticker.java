package dev.slipway.console.table;

import dev.slipway.client.offline.Subscription;

import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.util.Duration;

/// Something done every so often on the UI thread while a screen is shown: ages grow.
public final class Ticker {
    private Ticker() {}

    public static Subscription every(int seconds, Runnable tick) {
        var timeline = new Timeline(new KeyFrame(Duration.seconds(seconds), _ -> tick.run()));
        timeline.setCycleCount(Animation.INDEFINITE);
        timeline.play();
        return timeline::stop;
    }
}
