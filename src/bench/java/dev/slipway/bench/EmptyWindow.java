package dev.slipway.bench;

import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.stage.Stage;

import java.lang.management.ManagementFactory;

/// The least that a JavaFX window costs: what the console's start is held against. Prints `painted
/// MILLIS`, from the start of the JVM to the first frame with its label, and ends.
public final class EmptyWindow {
    private EmptyWindow() {}

    public static void main(String[] args) {
        Platform.startup(
                () -> {
                    Stage stage = new Stage();
                    stage.setScene(new Scene(new Label("empty"), 1280, 800));
                    stage.show();
                    new AnimationTimer() {
                        private int frames;

                        @Override
                        public void handle(long now) {
                            if (++frames == 2) { // the first frame is on the screen when the second
                                // begins
                                long start = ManagementFactory.getRuntimeMXBean().getStartTime();
                                System.out.println(
                                        "painted " + (System.currentTimeMillis() - start));
                                Platform.exit();
                            }
                        }
                    }.start();
                });
    }
}
