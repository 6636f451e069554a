package dev.slipway.tour;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.stage.Window;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Works the console as a person does: looks for what is on the screen, clicks it, presses keys. It
/// never calls a controller. All waiting has an end; what was not seen in time is the tour's
/// failure, by name.
final class Hand {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long BREATH_NANOS = Duration.ofMillis(800).toNanos();
    private static final long GLANCE_NANOS = Duration.ofMillis(50).toNanos();

    private final Executor ui;
    private final Window window;

    Hand(Executor ui, Window window) {
        this.ui = ui;
        this.window = window;
    }

    /// Waits until a shown node matches a CSS selector.
    Node see(String selector) {
        return see(selector, _ -> true, PATIENCE);
    }

    /// Waits until a shown node matches a CSS selector and a condition, looked at on the UI thread.
    Node see(String selector, Predicate<Node> condition, Duration patience) {
        CompletableFuture<Node> seen = new CompletableFuture<>();
        until(
                selector,
                patience,
                () -> {
                    Node node = onUi(() -> find(selector, condition));
                    return node != null && seen.complete(node);
                });
        return seen.join();
    }

    /// Waits for anything that the UI thread can tell.
    void until(String what, Duration patience, BooleanSupplier condition) {
        Instant end = Instant.now().plus(patience);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new TourFailed(
                        "did not see " + what + " within " + patience.toSeconds() + " s");
            }
            LockSupport.parkNanos(GLANCE_NANOS);
        }
    }

    /// Clicks the middle of a node that is shown and enabled.
    void click(String selector) {
        Node node = see(selector, n -> !n.isDisabled(), PATIENCE);
        onUi(
                () -> {
                    Bounds at = node.localToScreen(node.getBoundsInLocal());
                    Robot robot = new Robot();
                    robot.mouseMove(at.getCenterX(), at.getCenterY());
                    robot.mouseClick(MouseButton.PRIMARY);
                    return true;
                });
        settle();
    }

    /// Moves the keyboard's focus to a control, as Tab would in the end.
    void focus(String selector) {
        Node node = see(selector, n -> n instanceof Control && !n.isDisabled(), PATIENCE);
        onUi(
                () -> {
                    node.requestFocus();
                    return true;
                });
        settle();
    }

    /// Chooses a tab by clicking its header.
    void tab(String id) {
        click("#" + id);
    }

    /// Types small letters, figures, blanks and dashes into a field, over what stands there.
    void type(String selector, String text) {
        click(selector);
        press(KeyCode.CONTROL, KeyCode.A);
        for (char c : text.toCharArray()) {
            press(key(c));
        }
    }

    private static KeyCode key(char c) {
        return switch (c) {
            case '-' -> KeyCode.MINUS;
            case ' ' -> KeyCode.SPACE;
            default ->
                    Character.isDigit(c)
                            ? KeyCode.valueOf("DIGIT" + c)
                            : KeyCode.valueOf(String.valueOf(Character.toUpperCase(c)));
        };
    }

    /// Whether something is shown now; on the UI thread.
    boolean shows(String selector) {
        return find(selector, _ -> true) != null;
    }

    /// The text of a shown text field, once there is one.
    String text(String selector) {
        Node field =
                see(
                        selector,
                        node ->
                                node instanceof TextInputControl input
                                        && !input.getText().isBlank(),
                        PATIENCE);
        return onUi(((TextInputControl) field)::getText);
    }

    /// Presses keys together, the first ones being the modifiers.
    void press(KeyCode... keys) {
        onUi(
                () -> {
                    Robot robot = new Robot();
                    for (KeyCode key : keys) {
                        robot.keyPress(key);
                    }
                    for (int i = keys.length - 1; i >= 0; i--) {
                        robot.keyRelease(keys[i]);
                    }
                    return true;
                });
        settle();
    }

    /// Reads something off the screen.
    <T> T onUi(Supplier<T> look) {
        try {
            return CompletableFuture.supplyAsync(look, ui)
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new TourFailed("the console failed: " + e.getCause());
        } catch (TimeoutException e) {
            throw new TourFailed("the console does not answer for " + PATIENCE.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TourFailed("interrupted");
        }
    }

    /// Lets a screen that was just opened read what is kept and paint it.
    void rest() {
        LockSupport.parkNanos(BREATH_NANOS);
        settle();
    }

    /// Lets what a click or key set off reach the screen: two turns of the UI thread.
    private void settle() {
        onUi(() -> true);
        onUi(() -> true);
    }

    private @Nullable Node find(String selector, Predicate<Node> condition) {
        for (Window shown : Window.getWindows()) {
            if (shown.getScene() != null && (shown == window || shown.isShowing())) {
                Set<Node> found = shown.getScene().getRoot().lookupAll(selector);
                for (Node node : found) {
                    if (visible(node) && condition.test(node)) {
                        return node;
                    }
                }
            }
        }
        return null;
    }

    private static boolean visible(Node node) {
        for (Node up = node; up != null; up = up.getParent()) {
            if (!up.isVisible()) {
                return false;
            }
        }
        return true;
    }
}
