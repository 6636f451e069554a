package dev.slipway.console.fx;

import javafx.animation.AnimationTimer;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.stage.Window;

import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;

/// Logs how long it took from the start of the JVM until data was on the window: a screen marks a
/// node that shows data, and two frames later it has been painted.
public final class FirstPaint {
    /// The key of the property that a node bears once it shows data.
    private static final String MARK = "slipway.data";

    private static final System.Logger LOG = System.getLogger(FirstPaint.class.getName());

    private FirstPaint() {}

    /// Says that a node now shows data. It need not be in a window yet.
    public static void mark(Node node) {
        Scene scene = node.getScene();
        if (scene != null) {
            scene.getProperties().put(MARK, true);
        } else {
            node.sceneProperty()
                    .addListener(
                            (_, _, later) -> {
                                if (later != null) {
                                    later.getProperties().put(MARK, true);
                                }
                            });
        }
    }

    /// Logs it once, when it happens.
    public static void log(Scene scene) {
        after(
                scene,
                () -> {
                    long start = ManagementFactory.getRuntimeMXBean().getStartTime();
                    LOG.log(
                            Level.INFO,
                            "first painted data {0} ms after the start",
                            String.valueOf(System.currentTimeMillis() - start));
                });
    }

    /// The same, for the scene that a node is in or comes into.
    public static void after(Node node, Runnable action) {
        Scene scene = node.getScene();
        if (scene != null) {
            after(scene, action);
            return;
        }
        node.sceneProperty()
                .addListener(
                        new ChangeListener<>() {
                            @Override
                            public void changed(
                                    ObservableValue<? extends Scene> property,
                                    Scene before,
                                    Scene now) {
                                if (now != null) {
                                    property.removeListener(this);
                                    after(now, action);
                                }
                            }
                        });
    }

    /// Does something once data has been painted: what is not needed for that can wait for it.
    public static void after(Scene scene, Runnable action) {
        var timer =
                new AnimationTimer() {
                    private int frames;

                    @Override
                    public void handle(long now) {
                        if (scene.getProperties().containsKey(MARK) && ++frames > 2) {
                            stop();
                            action.run();
                        }
                    }
                };
        // begun before there is a window, a timer would never be called
        scene.windowProperty()
                .flatMap(Window::showingProperty)
                .orElse(false)
                .subscribe(
                        showing -> {
                            if (showing) {
                                timer.start();
                            } else {
                                timer.stop();
                            }
                        });
    }
}
