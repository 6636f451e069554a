package dev.slipway.testing;

import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import javafx.stage.Window;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A keyboard and nothing else: keys go to the window in front and what has the focus there, as a
/// person's do, and not before that is drawn: what has no skin yet takes the focus, but no key.
public final class Keys {
    private static final int MOST_TABS = 120;

    /// A key or chord, for example `press(R, CONTROL, SHIFT)`, and what it sets off at once.
    public Keys press(KeyCode key, KeyCode... held) throws Exception {
        ConsoleHarness.run(
                () -> {
                    ConsoleHarness.draw();
                    var hand = new Robot();
                    List.of(held).forEach(hand::keyPress);
                    hand.keyPress(key);
                    hand.keyRelease(key);
                    List.of(held).reversed().forEach(hand::keyRelease);
                });
        ConsoleHarness.run(() -> {});
        return this;
    }

    /// What a keyboard brings forth, one character after the other, wherever the focus is by then.
    public Keys type(String text) throws Exception {
        ConsoleHarness.run(ConsoleHarness::draw);
        for (int character : text.codePoints().toArray()) {
            Node focused = focused().orElseThrow(() -> new AssertionError("nothing has the focus"));
            ConsoleHarness.run(() -> Event.fireEvent(focused, typed(character)));
        }
        ConsoleHarness.run(() -> {});
        return this;
    }

    private static KeyEvent typed(int character) {
        String text = Character.toString(character);
        return new KeyEvent(
                KeyEvent.KEY_TYPED, text, "", KeyCode.UNDEFINED, false, false, false, false);
    }

    /// Tabs until a node has the focus; fails if it can't be reached.
    public Keys tabTo(String id) throws Exception {
        Set<String> passed = new LinkedHashSet<>();
        for (int i = 0; i < MOST_TABS; i++) {
            String now = focusedId();
            if (id.equals(now)) {
                return this;
            }
            passed.add(now);
            press(KeyCode.TAB);
        }
        throw new AssertionError(id + " can't be reached by Tab, only " + passed);
    }

    /// The id of what has the focus in the window in front, or empty.
    public static String focusedId() throws Exception {
        return focused().map(Node::getId).map(String::valueOf).orElse("");
    }

    private static Optional<Node> focused() throws Exception {
        Window window = inFront();
        return ConsoleHarness.onUi(() -> Optional.ofNullable(window.getScene().getFocusOwner()));
    }

    private static Window inFront() throws Exception {
        return ConsoleHarness.onUi(
                () ->
                        Window.getWindows().stream()
                                .filter(window -> window instanceof Stage && window.isShowing())
                                .reduce((_, later) -> later)
                                .orElseThrow(() -> new AssertionError("no window is open")));
    }
}
